import type { Answer, Session } from '../database/driver.ts';
import { limited } from '../database/limited.ts';
import type { Limits } from '../database/limits.ts';
import type { Statement } from '../render.ts';
import { streamByCursor } from '../stream-by-cursor.ts';
import { cancelQuery } from './cancel-query.ts';
import type { PostgresQueryable } from './postgres-client.ts';
import { answerOf, type Pending, type Sending, send } from './send.ts';
import type { Tracked } from './tracked.ts';

export interface SessionPlan {
  readonly client: PostgresQueryable;
  /** Of a connection that was reserved for the session, and is given back with it. */
  readonly tracked?: Tracked;
  prepares(statement: Statement): boolean;
  /** Whether a transaction is open, where that is known without asking. */
  readonly open?: boolean;
}

/** One connection of postgres.js: reserved here, or one that the application handed in. */
export function postgresSession({ client, tracked, prepares, open }: SessionPlan): Session {
  let broken = false;
  let known = open;

  function start(sending: Sending): Pending {
    if (tracked?.lost === true) {
      throw Object.assign(new Error('The connection was closed.'), { code: 'CONNECTION_CLOSED' });
    }
    return send(client, sending);
  }

  function within(sending: Sending, limits: Limits): Promise<Answer> {
    let query: Pending | undefined;
    return limited(
      limits,
      async () => {
        query = start(sending);
        return answerOf(await query);
      },
      async () => {
        // A wish that is still on its way would end the next statement.
        if (query !== undefined && !(await cancelQuery(query))) broken = true;
      },
      () => {
        broken = true;
      },
    );
  }

  const session: Session = {
    run(statement, limits) {
      const { text, values } = statement;
      return within({ text, values, prepare: prepares(statement) }, limits);
    },
    async command(text) {
      answerOf(await start({ text, values: [], prepare: false }));
      if (text.startsWith('begin')) known = true;
      else if (text === 'commit' || text === 'rollback') known = false;
    },
    stream(statement, batch, limits) {
      return streamByCursor(
        statement,
        batch,
        session.inTransaction,
        session.command,
        async (text, values) => {
          const { rows } = await within(
            { text, values: values as Statement['values'], prepare: false },
            limits,
          );
          return rows;
        },
      );
    },
    async inTransaction() {
      if (known !== undefined) return known;
      try {
        await session.command('savepoint bulwark_probe');
        await session.command('release savepoint bulwark_probe');
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === '25P01') return false;
        throw error;
      }
    },
    release(failed) {
      tracked?.release(failed || broken);
    },
  };
  return session;
}
