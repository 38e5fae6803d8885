import type { Answer, Session } from '../database/driver.ts';
import { limited } from '../database/limited.ts';
import type { Limits } from '../database/limits.ts';
import { streamByCursor } from '../database/stream-by-cursor.ts';
import type { Statement } from '../render/render.ts';
import { cancelQuery } from './cancel-query.ts';
import type { Reserved } from './reserve.ts';
import { answerOf, type Pending, type Sending } from './send.ts';

export interface SessionPlan {
  readonly connection: Reserved;
  prepares(statement: Statement): boolean;
  /** Whether a transaction is open, where that is known without asking. */
  readonly open?: boolean;
}

/** One connection of postgres.js: reserved here, or one that the application handed in. */
export function postgresSession({ connection, prepares, open }: SessionPlan): Session {
  let broken = false;
  let known = open;

  function within(sending: Sending, limits: Limits): Promise<Answer> {
    let query: Pending | undefined;
    return limited(
      limits,
      async () => {
        query = connection.send(sending);
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
      answerOf(await connection.send({ text, values: [], prepare: false }));
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
      connection.release(failed || broken);
    },
  };
  return session;
}
