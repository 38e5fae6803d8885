import { Misuse } from '../../refusal/misuse.ts';
import { DatabaseError } from '../database/database-error.ts';
import type { Answer, Session } from '../database/driver.ts';
import { limited, TimedOut } from '../database/limited.ts';
import { type Limits, unlimited } from '../database/limits.ts';
import { createLock } from '../database/lock.ts';
import { streamByCursor } from '../database/stream-by-cursor.ts';
import type { Statement } from '../render/render.ts';
import { cancelRequest } from './cancel-request.ts';
import { stateOf, transactionStatus } from './connection-state.ts';
import { explainPg } from './explain-pg.ts';
import type { PgClient, PgPoolClient, PgResult } from './pg-client.ts';
import type { Prepare } from './prepare.ts';
import { send } from './send.ts';
import { survives } from './survives.ts';

/** One connection of pg: a pool's, which is given back, or a client that the application handed in. */
export function pgSession(client: PgClient, prepare: Prepare, pooled?: PgPoolClient): Session {
  const state = stateOf(client);
  // One statement at a time: what ends one that took too long must not meet the one before it.
  const lock = createLock();
  /** A transaction is open that a command of ours began. */
  let open = false;
  /** Statements that are under way, or wait for that. */
  let underWay = 0;

  async function alone<T>(limits: Limits, start: () => Promise<T>): Promise<T> {
    underWay += 1;
    try {
      return await sendAlone(limits, start);
    } finally {
      underWay -= 1;
    }
  }

  async function sendAlone<T>(limits: Limits, start: () => Promise<T>): Promise<T> {
    const unlock = await lock.acquire(limits);
    try {
      refuseLost();
      return await limited(
        limits,
        start,
        () => cancelRequest(client),
        () => {
          state.lost ??= new TimedOut();
        },
      );
    } catch (error) {
      if (isFatal(error)) state.lost ??= error;
      throw error;
    } finally {
      unlock();
    }
  }

  /** Nothing is sent: of a commit it is known then that there was none. */
  function refuseLost(): void {
    if (state.lost === undefined) return;
    const failure = explainPg(state.lost) ?? ({ kind: 'connection' } as const);
    throw new DatabaseError(failure, { driverError: state.lost });
  }

  /** After a `commit` of its own, each statement would be committed by itself. */
  function refuseEnded(): void {
    if (open && transactionStatus(client) === 'I') throw new Misuse('sql/transaction-over', endedHint);
  }

  async function sendText(text: string): Promise<PgResult> {
    return alone(unlimited, () => send(client, text, []));
  }

  const session: Session = {
    async run(statement: Statement, limits: Limits): Promise<Answer> {
      refuseEnded();
      return answerOf(await alone(limits, () => prepare.run(client, statement)));
    },
    async command(text) {
      if (text !== 'rollback') refuseEnded();
      const { command } = await sendText(text);
      if (text.startsWith('begin')) open = true;
      else if (text === 'commit' || text === 'rollback') open = false;
      // What PostgreSQL answers to the commit of a transaction in which a statement had failed.
      if (text === 'commit' && command === 'ROLLBACK')
        throw new DatabaseError({ kind: 'transaction-failed' });
    },
    stream(statement, batch, limits) {
      return streamByCursor(statement, batch, session.inTransaction, session.command, (text, values) =>
        alone(limits, () => send(client, text, values)).then(({ rows }) => rows),
      );
    },
    async inTransaction() {
      if (open) return true;
      const status = transactionStatus(client);
      if (pooled) {
        // Whoever had the connection before may have left one open, which must not become ours.
        if (status !== 'I') await sendText('rollback');
        return false;
      }
      if (status !== undefined) return status !== 'I';
      try {
        await sendText('savepoint bulwark_probe');
        await sendText('release savepoint bulwark_probe');
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === '25P01') return false;
        throw error;
      }
    },
    release(failed) {
      const status = transactionStatus(client);
      const left = status !== undefined ? status !== 'I' : failed;
      pooled?.release(left || underWay > 0 || state.lost !== undefined);
    },
  };
  return session;
}

function isFatal(error: unknown): boolean {
  return explainPg(error) !== undefined && !survives(error);
}

export function answerOf({ rows, rowCount }: PgResult): Answer {
  return { rows, count: rowCount ?? rows.length };
}

const endedHint = 'A statement ended it. Leave `commit` and `rollback` to `transaction`.';
