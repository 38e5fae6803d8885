import { createDatabase } from '../database/create-database.ts';
import type { Database } from '../database/database.ts';
import type { Answer, Driver, Session } from '../database/driver.ts';
import { createLock } from '../database/lock.ts';
import { postgres } from '../dialect/postgres.ts';
import { explainPg } from '../pg/explain-pg.ts';
import { streamByCursor } from '../stream-by-cursor.ts';

/** What a `PGlite` and its transactions have in common. `query` always takes the extended protocol. */
export interface PgliteQueryable {
  query(
    text: string,
    values: unknown[],
  ): Promise<{ readonly rows: unknown[]; readonly affectedRows?: number }>;
}

/**
 * Statements of the `sql` tag on PGlite. It has one connection: statements wait for a transaction that is open. It
 * cannot end a statement that runs; limits hold for the waiting alone.
 *
 * @example
 * ```ts
 * import { PGlite } from '@electric-sql/pglite';
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pglite';
 *
 * const db = database(await PGlite.create());
 * await db.one(sql`select ${'a'}::text as letter`); // { letter: 'a' }
 * ```
 */
export function database(connection: PgliteQueryable): Database {
  return createDatabase(pgliteDriver(connection));
}

function pgliteDriver(connection: PgliteQueryable): Driver {
  const lock = createLock();

  async function query(text: string, values: unknown[]): Promise<Answer> {
    const { rows, affectedRows } = await connection.query(text, values);
    // It counts what was changed, and pg also what was returned.
    return { rows, count: affectedRows || rows.length };
  }

  return {
    dialect: postgres,
    single: true,
    explain: explainPg,
    async run({ text, values }, limits) {
      const release = await lock.acquire(limits);
      try {
        return await query(text, values);
      } finally {
        release();
      }
    },
    async hold(limits) {
      const release = await lock.acquire(limits);
      const session: Session = {
        run: ({ text, values }) => query(text, values),
        async command(text) {
          await query(text, []);
        },
        stream(statement, batch) {
          return streamByCursor(
            statement,
            batch,
            session.inTransaction,
            session.command,
            async (text, values) => (await query(text, values)).rows,
          );
        },
        async inTransaction() {
          try {
            await query('savepoint bulwark_probe', []);
            await query('release savepoint bulwark_probe', []);
            return true;
          } catch (error) {
            if ((error as { code?: unknown }).code === '25P01') return false;
            throw error;
          }
        },
        release,
      };
      return session;
    },
  };
}
