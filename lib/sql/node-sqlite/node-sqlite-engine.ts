import { Misuse } from '../../refusal/misuse.ts';
import type { SqliteEngine, SqliteStatement } from '../sqlite/sqlite-engine.ts';
import type { SqliteValue } from '../sqlite/sqlite-values.ts';
import { explainNodeSqlite } from './explain-node-sqlite.ts';

/** What this library needs of a `DatabaseSync` of node:sqlite. */
export interface NodeSqliteConnection {
  readonly isTransaction: boolean;
  prepare(text: string): NodeSqliteStatement;
}

export interface NodeSqliteStatement {
  readonly sourceSQL: string;
  all(...values: SqliteValue[]): unknown[];
  run(...values: SqliteValue[]): { readonly changes: number | bigint };
  columns(): readonly { readonly name: string }[];
  setReadBigInts(on: boolean): unknown;
  setReturnArrays(on: boolean): unknown;
}

export function nodeSqliteEngine(connection: NodeSqliteConnection): SqliteEngine {
  if (typeof connection.isTransaction !== 'boolean') {
    throw new Misuse(
      'bulwark/invalid-option',
      'The connection is an open DatabaseSync of Node 22.16 or later.',
    );
  }
  let totalChanges: SqliteStatement | undefined;

  function countChanges(): unknown {
    totalChanges ??= compile(connection, 'select total_changes() as n');
    return totalChanges.all([])[0]?.['n'];
  }

  return {
    // Node counts the columns before SQLite looks at the tables anew, and drops one that was added (nodejs/node#64219).
    mayKeep: (text) => !text.includes('*'),
    inTransaction: () => connection.isTransaction,
    explain(error, compiling) {
      const failure = explainNodeSqlite(error, compiling);
      // A database that is opened again knows nothing of what was compiled before.
      if (failure?.kind === 'connection') totalChanges = undefined;
      return failure;
    },
    prepare(text) {
      const statement = compile(connection, text);
      if (statement.columns.length > 0) return statement;
      return {
        ...statement,
        run(values) {
          // After a statement that can change no rows, Node tells the number of the one before.
          const before = countChanges();
          const changes = statement.run(values);
          return countChanges() === before ? 0 : changes;
        },
      };
    },
  };
}

function compile(connection: NodeSqliteConnection, text: string): SqliteStatement {
  const statement = connection.prepare(text);
  // Node compiles the first statement of a text and says nothing of others. SQLite keeps the text that it has read.
  if (statement.sourceSQL !== text) throw new Misuse('sql/several-statements');
  // Whatever the connection's own settings are.
  statement.setReadBigInts(true);
  statement.setReturnArrays(false);
  const columns = statement.columns().map(({ name }) => name);
  return {
    columns,
    all: (values) => statement.all(...values) as Record<string, unknown>[],
    run: (values) => Number(statement.run(...values).changes),
  };
}
