import { Misuse } from '../../refusal/misuse.ts';
import type { SqliteEngine } from '../sqlite/sqlite-engine.ts';
import type { SqliteValue } from '../sqlite/sqlite-values.ts';
import { explainBetterSqlite3 } from './explain-better-sqlite3.ts';

/** What this library needs of a `Database` of better-sqlite3. */
export interface BetterSqlite3Connection {
  readonly inTransaction: boolean;
  prepare(text: string): BetterSqlite3Statement;
}

export interface BetterSqlite3Statement {
  readonly reader: boolean;
  all(...values: SqliteValue[]): unknown[];
  run(...values: SqliteValue[]): { readonly changes: number };
  columns(): readonly { readonly name: string }[];
  safeIntegers(on: boolean): unknown;
}

export function betterSqlite3Engine(connection: BetterSqlite3Connection): SqliteEngine {
  return {
    mayKeep: () => true,
    inTransaction: () => connection.inTransaction,
    explain: explainBetterSqlite3,
    prepare(text) {
      const statement = prepare(connection, text);
      if (!statement.reader) {
        return { columns: [], all: () => [], run: (values) => statement.run(...values).changes };
      }
      // Whatever the connection's own setting is.
      statement.safeIntegers(true);
      const columns = statement.columns().map(({ name }) => name);
      const all = (values: readonly SqliteValue[]) => statement.all(...values) as Record<string, unknown>[];
      return { columns, all, run: (values) => all(values).length };
    },
  };
}

function prepare(connection: BetterSqlite3Connection, text: string): BetterSqlite3Statement {
  try {
    return connection.prepare(text);
  } catch (error) {
    if (error instanceof RangeError && error.message.endsWith('more than one statement')) {
      throw new Misuse('sql/several-statements');
    }
    throw error;
  }
}
