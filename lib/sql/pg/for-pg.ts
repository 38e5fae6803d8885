import { postgres } from '../dialect/postgres.ts';
import type { Sql } from '../query.ts';
import { render } from '../render/render.ts';

/** A query for pg's `query`. */
export interface PgQuery {
  readonly text: string;
  readonly values: unknown[];
  /**
   * Without it, pg sends a query without values over the simple protocol, in which one text may hold several
   * statements. In the extended protocol, the server itself refuses a second statement (42601). Needs pg 8.12 or later.
   */
  readonly queryMode: 'extended';
}

/**
 * Converts a statement of the `sql` tag for pg, for code that calls `pool.query` itself.
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
  const { text, values } = render(query, postgres);
  return Object.assign(pgQuery(text, values, undefined), unset);
}

/** With a name, pg prepares the text on each connection once, and sends the name alone from then on. */
export function pgQuery(text: string, values: unknown[], name: string | undefined): PgQuery {
  return new QueryConfig(text, values, name);
}

/**
 * What else pg reads from a query. Where `Object.prototype` was polluted (CWE-1321) a `types` found there would end the
 * process, and a `rowMode` or `name` change the answer.
 */
const unset: Readonly<Record<string, undefined>> = Object.freeze({
  ...{ submit: undefined, callback: undefined, name: undefined, rows: undefined, types: undefined },
  ...{ rowMode: undefined, binary: undefined, portal: undefined, query_timeout: undefined },
});

/**
 * Its prototype has all of that, and none itself. pg copies each field of a query's own, so that these are few; what
 * `forPg` gives has them as fields, as a copy made by others has a prototype again.
 */
class QueryConfig implements PgQuery {
  readonly text: string;
  readonly values: unknown[];
  readonly name: string | undefined;
  readonly queryMode = 'extended' as const;

  static {
    Object.setPrototypeOf(QueryConfig.prototype, null);
    // A reader that asks for the constructor, such as a deep equality, finds a plain record.
    Reflect.deleteProperty(QueryConfig.prototype, 'constructor');
    // Not frozen: pg assigns to some of them, and an assignment to what is read-only on a prototype fails.
    Object.assign(QueryConfig.prototype, unset);
  }

  constructor(text: string, values: unknown[], name: string | undefined) {
    this.text = text;
    this.values = values;
    this.name = name;
  }
}
