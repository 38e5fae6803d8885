import { randomBytes } from 'node:crypto';
import { DatabaseError } from '../database/database-error.ts';
import { sqlite } from '../dialect/sqlite.ts';
import type { SqliteEngine } from './sqlite-engine.ts';
import type { SqliteValue } from './sqlite-values.ts';

/** The rows of a statement as they were when it ran. */
export interface SqliteCopy {
  /** At most `count` rows behind the first `from` ones. */
  page(from: number, count: number): Record<string, unknown>[];
  drop(): void;
}

/**
 * Runs a `select` into a temporary table, which SQLite keeps in a file of its own when it grows. Rows can be taken from
 * there at any pace: an open cursor would hold the only connection meanwhile, with its transaction, and better-sqlite3
 * lets nobody write beside one.
 */
export function copyRows(engine: SqliteEngine, text: string, values: readonly SqliteValue[]): SqliteCopy {
  const { columns } = engine.prepare(text);
  if (columns.length === 0) throw new DatabaseError({ kind: 'schema', hint: 'A stream takes a `select`.' });
  const table = `temp.bulwark_rows_${randomBytes(8).toString('hex')}`;
  const own = columns.map((_, i) => `c${i}`);
  const command = (sql: string): void => void engine.prepare(sql).run([]);
  const drop = (): void => writing(engine, () => command(`drop table if exists ${table}`));
  writing(engine, () => {
    // Without types, so that each value stays as it is.
    command(`create temp table ${table.slice(5)} (${own.join(', ')})`);
    try {
      engine.prepare(`insert into ${table} (${own.join(', ')}) ${text}`).run(values);
    } catch (error) {
      command(`drop table ${table}`);
      throw error;
    }
  });
  const shown = columns.map((name, i) => `c${i} as ${sqlite.quoteName(name)}`);
  const read = engine.prepare(
    `select ${shown.join(', ')} from ${table} where rowid > ? order by rowid limit ?`,
  );
  return { page: (from, count) => read.all([BigInt(from), BigInt(count)]), drop };
}

/** Nothing runs in between, and a table of `temp` is nobody's data: it may be written where the rest is read-only. */
function writing(engine: SqliteEngine, work: () => void): void {
  const readOnly = isQueryOnly(engine);
  if (readOnly) engine.prepare('pragma query_only = off').run([]);
  try {
    work();
  } finally {
    if (readOnly) engine.prepare('pragma query_only = on').run([]);
  }
}

export function isQueryOnly(engine: SqliteEngine): boolean {
  return engine.prepare('pragma query_only').all([])[0]?.['query_only'] === 1n;
}
