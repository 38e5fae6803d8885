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
  const own: PgQuery = { text, values, queryMode: 'extended' };
  return Object.assign(Object.create(null) as object, unset, own);
}

/**
 * What else pg reads from a query. Own fields, and no prototype: where `Object.prototype` was polluted (CWE-1321) a
 * `types` found there would end the process, and a `rowMode` or `name` change the answer. Fields as well, because a
 * copy of the query has a prototype again.
 */
const unset: Readonly<Record<string, undefined>> = Object.freeze({
  ...{ submit: undefined, callback: undefined, name: undefined, rows: undefined, types: undefined },
  ...{ rowMode: undefined, binary: undefined, portal: undefined, query_timeout: undefined },
});
