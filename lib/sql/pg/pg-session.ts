import type { Answer, Session } from '../database/driver.ts';
import { limited } from '../database/limited.ts';
import type { Limits } from '../database/limits.ts';
import type { Statement } from '../render.ts';
import { streamByCursor } from '../stream-by-cursor.ts';
import { cancelRequest } from './cancel-request.ts';
import { pgQuery } from './for-pg.ts';
import type { PgClient, PgPoolClient, PgResult } from './pg-client.ts';
import type { Prepare } from './prepare.ts';

/** One connection of pg: a pool's, which is given back, or a client that the application handed in. */
export function pgSession(client: PgClient, prepare: Prepare, pooled?: PgPoolClient): Session {
  let broken = false;
  // A connection that is lost while no statement runs tells it by this event, which ends the process if nobody listens.
  const onError = (): void => {
    broken = true;
  };
  client.on?.('error', onError);

  function within<T>(limits: Limits, start: () => Promise<T>): Promise<T> {
    return limited(limits, start, () => cancelRequest(client), onError);
  }

  const session: Session = {
    async run(statement: Statement, limits: Limits): Promise<Answer> {
      return answerOf(await within(limits, () => prepare.run(client, statement)));
    },
    async command(text) {
      await client.query(text);
    },
    stream(statement, batch, limits) {
      return streamByCursor(statement, batch, session.inTransaction, session.command, (text, values) =>
        within(limits, () => client.query(pgQuery(text, values, undefined))).then(({ rows }) => rows),
      );
    },
    async inTransaction() {
      const status = client.getTransactionStatus?.();
      if (typeof status === 'string') return status !== 'I';
      try {
        await client.query('savepoint bulwark_probe');
        await client.query('release savepoint bulwark_probe');
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === '25P01') return false;
        throw error;
      }
    },
    release(failed) {
      client.off?.('error', onError);
      pooled?.release(failed || broken);
    },
  };
  return session;
}

export function answerOf({ rows, rowCount }: PgResult): Answer {
  return { rows, count: rowCount ?? rows.length };
}
