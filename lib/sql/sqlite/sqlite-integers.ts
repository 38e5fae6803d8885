import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';

/** How integers are read. */
export type Integers = 'number' | 'bigint';

export interface SqliteOptions {
  /**
   * `number`, the default: an integer beyond 2^53, which a number would round, is a `DatabaseError` that names the
   * column. `bigint`: every integer is read as a bigint.
   */
  readonly integers?: Integers;
}

/** Only the caller's own option: a polluted prototype must not change the types of rows. */
export function integersOf(options: SqliteOptions): Integers {
  const integers = knownOptions(options, ['integers']).integers ?? 'number';
  if (integers === 'number' || integers === 'bigint') return integers;
  throw new Misuse('bulwark/invalid-option', "`integers` is 'number' or 'bigint'.");
}

/** An integer does not fit a number. */
export class TooLargeInteger extends Error {
  override readonly name: 'TooLargeInteger' = 'TooLargeInteger' as const;
  readonly column: string;

  constructor(column: string) {
    super('An integer is beyond 2^53.');
    this.column = column;
  }
}

/** Rows as they were read, with their integers as numbers. */
export function withNumbers(rows: readonly Record<string, unknown>[]): void {
  for (const row of rows) {
    for (const column of Object.keys(row)) {
      const value = row[column];
      if (typeof value !== 'bigint') continue;
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw new TooLargeInteger(column);
      row[column] = number;
    }
  }
}
