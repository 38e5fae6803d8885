import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import type { BoundValue } from '../value/sql-value.ts';

/** What both clients bind as it is. Never an object that they could take for named parameters. */
export type SqliteValue = string | number | bigint | null | Uint8Array;

/**
 * Values as SQLite stores them: `true` and `false` as 1 and 0, a date as ISO 8601 text in UTC, whole numbers as
 * INTEGER. Clients bind each number as REAL, which a column of text stores as `7.0`; what is whole and beyond 2^53 stays
 * a REAL, because nobody knows which whole number was meant. Throws a Refusal for what has no such form.
 */
export function toSqliteValues(values: readonly BoundValue[]): SqliteValue[] {
  return values.map(toSqliteValue);
}

function toSqliteValue(value: BoundValue): SqliteValue {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : value;
    case 'boolean':
      return value ? 1n : 0n;
    case 'bigint':
      if (BigInt.asIntN(64, value) === value) return value;
      return refuse(deny('sql/invalid-value', { type: 'bigint beyond 64 bits' }));
    default:
      return toStored(value);
  }
}

function toStored(value: BoundValue): SqliteValue {
  if (value === null || value instanceof Uint8Array) return value;
  if (value instanceof Date) {
    const text = value.toISOString();
    // Other years have a sign and six digits: such a text sorts wrong, and SQLite's own functions make NULL of it.
    if (/^\d{4}-/.test(text)) return text;
    return refuse(deny('sql/invalid-value', { type: 'date outside the years 0 to 9999' }));
  }
  // Lists were refused when the statement was written.
  return refuse(deny('sql/object-as-value', { type: 'list' }));
}
