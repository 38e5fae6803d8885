import { Misuse } from '../../refusal/misuse.ts';
import { toPostgresClientValues, utcText } from '../client/postgres-client-values.ts';
import { toSqliteClientValues } from '../client/sqlite-client-values.ts';
import { unknownClient } from '../client/unknown-client.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import type { Sql } from '../query.ts';
import { render } from '../render/render.ts';

/** The part of a Drizzle database or transaction that is needed here. */
export type DrizzleDatabase<Query> = { execute(query: Query): unknown } | { all(query: Query): unknown };

/**
 * Converts a statement of the `sql` tag for Drizzle's `execute` on PostgreSQL, and for `all`, `get`, `run` and `values` on
 * SQLite. Drizzle sends the values separately from the text. The result is a complete statement; it can't be part of another one.
 *
 * A list is one value on PostgreSQL, where Drizzle itself would expand it to several. Dates are ISO 8601 in UTC, as
 * Drizzle stores them in PostgreSQL columns, and as text in SQLite.
 *
 * Throws a `Misuse`: `sql/values-in-text` on MySQL, `sql/unknown-client` on other databases.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forDrizzle } from 'bulwark/sql/drizzle';
 * import { drizzle } from 'drizzle-orm/node-postgres';
 *
 * const db = drizzle('postgres://app@localhost/shop');
 * const query = sql`select id from users where email = ${'ann@example.com'}`;
 * await db.execute(forDrizzle(db, query)); // { rows: [{ id: 7 }], ... }
 * await db.transaction((tx) => tx.execute(forDrizzle(tx, query)));
 * ```
 */
export function forDrizzle<Query>(db: DrizzleDatabase<Query>, query: Sql): Exclude<Query, string> {
  const kinds = kindsOf(db);
  if (kinds.includes('PgDatabase')) {
    const { text, values } = render(query, postgres);
    return wrapped(text, toPostgresClientValues(values, utcText)) as never;
  }
  if (kinds.includes('BaseSQLiteDatabase')) {
    const { text, values } = render(query, sqlite);
    return wrapped(text, toSqliteClientValues(values)) as never;
  }
  if (kinds.includes('MySqlDatabase')) throw new Misuse('sql/values-in-text');
  throw unknownClient(kinds[0]);
}

/** What Drizzle reads from a statement of its own. */
interface DrizzleQuery {
  getSQL(): DrizzleQuery;
  toQuery(): { readonly sql: string; readonly params: unknown[]; readonly typings: 'none'[] };
}

function wrapped(text: string, values: readonly unknown[]): DrizzleQuery {
  const query: DrizzleQuery = Object.freeze({
    getSQL: () => query,
    toQuery: () => ({ sql: text, params: [...values], typings: values.map(() => 'none' as const) }),
  });
  return query;
}

// Drizzle registers it, so that its copies know each other's classes.
const entityKind = Symbol.for('drizzle:entityKind');

/** What Drizzle calls the classes of an object: no prototype and no bundler changes it. */
function kindsOf(db: object): string[] {
  const kinds: string[] = [];
  let prototype: unknown = Object.getPrototypeOf(db);
  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    const of = Object.hasOwn(prototype, 'constructor') ? prototype.constructor : undefined;
    if (typeof of === 'function' && Object.hasOwn(of, entityKind)) {
      kinds.push(String((of as unknown as Readonly<Record<symbol, unknown>>)[entityKind]));
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return kinds;
}
