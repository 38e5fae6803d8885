import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { type SqliteValue, toSqliteValues } from '../sqlite/sqlite-values.ts';
import type { BoundValue } from '../value/sql-value.ts';

/** Values for clients of SQLite above better-sqlite3, with dates as the client itself stores them. */
export function toSqliteClientValues(
  values: readonly BoundValue[],
  dateValue?: (date: Date) => string | number,
): SqliteValue[] {
  return toSqliteValues(
    dateValue ? values.map((value) => (value instanceof Date ? dateValue(value) : value)) : values,
  );
}

/** The same for clients above the package sqlite3. It binds whole numbers as INTEGER, and no bigint. */
export function toSqlite3Values(
  values: readonly BoundValue[],
  dateValue?: (date: Date) => string | number,
): (string | number | Buffer | null)[] {
  return toSqliteClientValues(values, dateValue).map((value) => {
    if (typeof value === 'bigint') return toNumber(value);
    // It binds any other Uint8Array as text.
    return value instanceof Uint8Array
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      : value;
  });
}

function toNumber(value: bigint): number {
  if (Number.isSafeInteger(Number(value))) return Number(value);
  return refuse(deny('sql/invalid-value', { type: 'bigint beyond 53 bits' }));
}
