import { createDatabase, type Database } from '../database.ts';
import { postgresDialect } from '../postgres-dialect.ts';
import { render } from '../render.ts';

/** What a `PGlite` and its transactions have in common. `query` always takes the extended protocol. */
export interface PgliteQueryable {
  query(
    text: string,
    values: unknown[],
  ): Promise<{ readonly rows: unknown[]; readonly affectedRows?: number }>;
}

/**
 * Statements of the `sql` tag on PGlite.
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
  return createDatabase(async (query) => {
    const { text, values } = render(query, postgresDialect);
    const { rows, affectedRows } = await connection.query(text, values);
    // It counts what was changed, and pg also what was returned.
    return { rows, count: affectedRows || rows.length };
  });
}
