import { createDatabase, type Database } from '../database.ts';
import { forPg, type PgQuery } from './for-pg.ts';

/** What pg's `Pool`, `Client` and `PoolClient` have in common. */
export interface PgQueryable {
  query(query: PgQuery): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;
}

/**
 * Statements of the `sql` tag on a pool, or on one client inside a transaction.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { database } from 'bulwark/sql/pg';
 * import pg from 'pg';
 *
 * const db = database(new pg.Pool());
 * const ids = [1, 2];
 * await db.all<{ name: string }>(sql`select name from users where id = any(${ids})`);
 * // [{ name: 'Ann' }, { name: 'Bob' }]
 * ```
 */
export function database(connection: PgQueryable): Database {
  return createDatabase(async (query) => {
    const { rows, rowCount } = await connection.query(forPg(query));
    return { rows, count: rowCount ?? rows.length };
  });
}
