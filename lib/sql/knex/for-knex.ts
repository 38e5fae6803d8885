import { Misuse } from '../../refusal/misuse.ts';
import { placeholdersIn, rewrite } from '../client/placeholders-in.ts';
import { toPostgresClientValues } from '../client/postgres-client-values.ts';
import { toSqlite3Values, toSqliteClientValues } from '../client/sqlite-client-values.ts';
import { unknownClient } from '../client/unknown-client.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import type { Sql } from '../query.ts';
import { render, type Statement } from '../render/render.ts';

/** The part of Knex or of a Knex transaction that is needed here. */
export interface KnexClient {
  readonly client: { readonly dialect?: string; readonly driverName?: string };
  /** A piece of text for Knex. It is given question marks alone, and a backslash before one. */
  raw(text: string): unknown;
}

/** The arguments of Knex' `raw`. */
export type KnexArguments = [text: string, bindings: never[]];

/**
 * Converts a statement of the `sql` tag for Knex' `raw`, on PostgreSQL and SQLite. Knex passes the values to pg,
 * better-sqlite3 or sqlite3 separately from the text. Question marks in the text stay unchanged.
 *
 * A list is one value on PostgreSQL, as in Knex itself. Dates are sent like Knex does: local
 * time with its offset on PostgreSQL, milliseconds since 1970 on SQLite. Big integers are exact; sqlite3 doesn't support
 * them, so those beyond 53 bits are refused there.
 *
 * Throws a `Misuse`: `sql/values-in-text` on MySQL, `sql/unknown-client` on other databases, `sql/rewritten-text` on
 * PostgreSQL if a backslash stands before a question mark. If a statement fails, Knex puts its values into the
 * error's message, unless its option `compileSqlOnError` is false.
 *
 * @example
 * ```ts
 * import { sql } from 'bulwark/sql';
 * import { forKnex } from 'bulwark/sql/knex';
 * import knex from 'knex';
 *
 * const db = knex({ client: 'pg' });
 * const query = sql`select id from users where email = ${'ann@example.com'}`;
 * await db.raw(...forKnex(db, query)); // { rows: [{ id: 7 }], ... }
 * await db.transaction((tx) => tx.raw(...forKnex(tx, query)));
 * ```
 */
export function forKnex(knex: KnexClient, query: Sql): KnexArguments {
  const { dialect, driverName } = knex.client;
  switch (dialect) {
    case 'postgresql': {
      const statement = render(query, postgres);
      return [postgresText(statement), toPostgresClientValues(statement.values) as never[]];
    }
    case 'sqlite3': {
      const statement = render(query, sqlite);
      const bind = driverName === 'sqlite3' ? toSqlite3Values : toSqliteClientValues;
      const values = bind(statement.values, (date) => date.getTime());
      return [statement.text, sqliteBindings(knex, statement, values) as never[]];
    }
    case 'mysql':
      throw new Misuse('sql/values-in-text');
    default:
      throw unknownClient(dialect);
  }
}

/** `?` for each value, and `\?` for each question mark of the text, which Knex writes as `$1` and `?`. */
function postgresText(statement: Statement): string {
  return rewrite(statement, placeholdersIn(statement, 'postgres'), {
    between(text) {
      // Knex drops backslashes before a question mark, and counts them.
      if (text.includes('\\?')) throw new Misuse('sql/rewritten-text');
      return text.replaceAll('?', '\\?');
    },
    placeholder: () => '?',
  });
}

/** What Knex takes for a placeholder, and for an escaped one. */
const questionMarks = /\\?\?\??/g;

/**
 * Here Knex would leave the backslash of `\?` in the text. So each question mark of the text is given to it as a binding
 * that stands for itself.
 */
function sqliteBindings(knex: KnexClient, statement: Statement, values: readonly unknown[]): unknown[] {
  const { text } = statement;
  if (!text.includes('?')) return [];
  const starts = new Set(placeholdersIn(statement, 'sqlite').map(({ start }) => start));
  const bindings: unknown[] = [];
  let next = 0;
  for (const { index, 0: found } of text.matchAll(questionMarks)) {
    if (starts.has(index)) bindings.push(values[next++]);
    else if (found !== '\\?') bindings.push(knex.raw(found));
  }
  return bindings;
}
