import { Misuse } from '../../refusal/misuse.ts';
import { type PostgresClientValue, toPostgresClientValues } from '../client/postgres-client-values.ts';
import { toSqliteClientValues } from '../client/sqlite-client-values.ts';
import { unknownClient } from '../client/unknown-client.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import type { DialectName } from '../lex/dialect-name.ts';
import type { Sql } from '../query.ts';
import { render } from '../render/render.ts';
import type { SqliteValue } from '../sqlite/sqlite-values.ts';

/** The part of a `Kysely` or of its transactions that is needed here. */
export interface KyselyClient {
  getExecutor(): {
    readonly adapter: object;
    compileQuery(node: never, queryId: never): { readonly sql: string };
  };
}

/** A compiled query for Kysely's `executeQuery`. */
export interface KyselyQuery {
  readonly query: RawNode;
  readonly queryId: { readonly queryId: string };
  readonly sql: string;
  readonly parameters: readonly (PostgresClientValue | SqliteValue)[];
}

interface RawNode {
  readonly kind: 'RawNode';
  readonly sqlFragments: readonly string[];
  readonly parameters: readonly never[];
}

/**
 * Converts a statement of the `sql` tag for Kysely's `executeQuery`, on PostgreSQL, and on SQLite with better-sqlite3.
 * Plugins see its result but can't change its text. Kysely sends the values separately from the text.
 *
 * On PostgreSQL, a list is one value, and dates are local time with its offset, as pg writes them. On SQLite, for
 * which Kysely has no date format, they are ISO 8601 in UTC.
 *
 * Throws a `Misuse`: `sql/values-in-text` on MySQL, `sql/unknown-client` on other databases.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forKysely } from 'bulwark/sql/kysely';
 * import { Kysely, PostgresDialect } from 'kysely';
 * import pg from 'pg';
 *
 * const db = new Kysely<object>({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });
 * const query = sql`select id from users where email = ${'ann@example.com'}`;
 * await db.executeQuery<{ id: number }>(forKysely(db, query)); // { rows: [{ id: 7 }] }
 * await db.transaction().execute((tx) => tx.executeQuery(forKysely(tx, query)));
 * ```
 */
export function forKysely(db: KyselyClient, query: Sql): KyselyQuery {
  switch (dialectOf(db)) {
    case 'postgres': {
      const { text, values } = render(query, postgres);
      return compiled(text, toPostgresClientValues(values));
    }
    case 'sqlite': {
      const { text, values } = render(query, sqlite);
      return compiled(text, toSqliteClientValues(values));
    }
    default:
      throw new Misuse('sql/values-in-text');
  }
}

let count = 0;

function compiled(text: string, parameters: KyselyQuery['parameters']): KyselyQuery {
  return Object.freeze({
    query: Object.freeze({ kind: 'RawNode' as const, sqlFragments: Object.freeze([text]), parameters: [] }),
    // Plugins tell statements apart by the object.
    queryId: { queryId: `bulwark-${++count}` },
    sql: text,
    parameters: Object.freeze(parameters),
  });
}

const known = new WeakMap<object, DialectName>();

/**
 * What the compiler makes of a value and a name, because there is no other sign that every dialect gives: classes have
 * other names once they are bundled.
 */
function dialectOf(db: KyselyClient): DialectName {
  const executor = db.getExecutor();
  const found = known.get(executor.adapter);
  if (found) return found;
  const { sql } = executor.compileQuery(probe as never, { queryId: 'bulwark' } as never);
  const dialect = Object.hasOwn(dialects, sql) ? dialects[sql] : undefined;
  if (!dialect) throw unknownClient(sql);
  known.set(executor.adapter, dialect);
  return dialect;
}

const probe = Object.freeze({
  kind: 'RawNode',
  sqlFragments: ['', ' ', ''],
  parameters: [
    { kind: 'ValueNode', value: 0 },
    { kind: 'IdentifierNode', name: 'a' },
  ],
});

const dialects: Readonly<Record<string, DialectName>> = {
  '$1 "a"': 'postgres',
  '? "a"': 'sqlite',
  '? `a`': 'mysql',
};
