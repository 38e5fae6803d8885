import { mysql } from '../dialect/mysql.ts';
import type { Sql } from '../query.ts';
import { render } from '../render/render.ts';
import { bindValues } from './bind-values.ts';

/** A query for mysql2's `execute`. */
export interface Mysql2Query {
  readonly sql: string;
  readonly values: unknown[];
}

/**
 * Converts a statement of the `sql` tag for mysql2, for code that calls `execute` itself. Never pass it to `query`,
 * which inserts the values into the text on the client, with rules that depend on the server's `sql_mode` and character set.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forMysql2 } from 'bulwark/sql/mysql2';
 * import mysql from 'mysql2/promise';
 *
 * const pool = mysql.createPool('mysql://app@localhost/shop');
 * await pool.execute(forMysql2(sql`select id from users where email = ${'ann@example.com'}`));
 * ```
 */
export function forMysql2(query: Sql): Mysql2Query {
  const statement = render(query, mysql);
  return mysql2Query(statement.text, bindValues(statement));
}

export function mysql2Query(text: string, values: unknown[]): Mysql2Query {
  return new QueryOptions(text, values);
}

/**
 * What mysql2 reads from a query before it puts its own configuration beneath is all its own, and it has no prototype
 * that could be polluted (CWE-1321): an `infileStreamFactory` found there would send files, a `timeout` end statements,
 * and `statement`, `rowsAsArray` or `nestTables` change the answer.
 */
class QueryOptions implements Mysql2Query {
  readonly sql: string;
  readonly values: unknown[];
  readonly namedPlaceholders = false as const;
  readonly rowsAsArray = false as const;
  readonly nestTables = false as const;
  /** A server may request a file in reply to any statement (LOCAL INFILE). This never sends one. */
  readonly infileStreamFactory: undefined = undefined;
  readonly timeout: undefined = undefined;
  readonly attributes: undefined = undefined;
  readonly statement: undefined = undefined;

  static {
    Object.setPrototypeOf(QueryOptions.prototype, null);
    Reflect.deleteProperty(QueryOptions.prototype, 'constructor');
  }

  constructor(text: string, values: unknown[]) {
    this.sql = text;
    this.values = values;
  }
}
