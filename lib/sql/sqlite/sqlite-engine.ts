import type { Failure } from '../database/failure.ts';
import type { SqliteValue } from './sqlite-values.ts';

/** What differs between the two clients of SQLite. Both are synchronous, and have one connection. */
export interface SqliteEngine {
  /** Compiles exactly one statement. */
  prepare(text: string): SqliteStatement;
  /** Whether what was compiled of it holds after tables were altered. */
  mayKeep(text: string): boolean;
  inTransaction(): boolean;
  /** As `Driver.explain`. `compiling`: it came from `prepare`, so that the text is at fault, and no value. */
  explain(error: unknown, compiling: boolean): Failure | undefined;
}

export interface SqliteStatement {
  /** The names of its columns: none where it returns no rows. */
  readonly columns: readonly string[];
  /** Every row, with integers as `bigint`. */
  all(values: readonly SqliteValue[]): Record<string, unknown>[];
  /** Runs one that returns no rows, and says how many it changed. */
  run(values: readonly SqliteValue[]): number;
}
