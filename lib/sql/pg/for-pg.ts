import { postgresDialect } from '../postgres-dialect.ts';
import type { Sql } from '../query.ts';
import { render } from '../render.ts';

/** A query as pg's `query` takes it. */
export interface PgQuery {
  readonly text: string;
  readonly values: unknown[];
  /**
   * Without it pg sends a query that has no values by the simple protocol, in which one text may hold several
   * statements. In the extended protocol the server itself refuses a second one (42601). Needs pg 8.12 or later.
   */
  readonly queryMode: 'extended';
}

/**
 * A statement of the `sql` tag as pg takes it, for code that calls `pool.query` itself.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forPg } from 'bulwark/sql/pg';
 * import pg from 'pg';
 *
 * const pool = new pg.Pool();
 * await pool.query(forPg(sql`select id from users where email = ${'ann@example.com'}`));
 * ```
 */
export function forPg(query: Sql): PgQuery {
  const { text, values } = render(query, postgresDialect);
  return { text, values, queryMode: 'extended' };
}
