import { parameterText } from '../postgres/parameter-text.ts';
import type { BoundValue, SqlScalar } from '../value/sql-value.ts';

/** What each client of PostgreSQL hands to its driver as it is. */
export type PostgresClientValue = string | number | boolean | Buffer | null;

/**
 * Values for clients of PostgreSQL that have one driver or another below them. Lists, dates and big integers are text,
 * which the server reads by the type of the place: clients write lists out as several parameters, and drivers convert
 * dates each in their own way. Booleans stay, because postgres.js would read the text `true` as false, and bytes, which
 * it would write twice.
 *
 * `dateText` says how dates are written. Without it: as pg does.
 */
export function toPostgresClientValues(
  values: readonly BoundValue[],
  dateText?: (date: Date) => string,
): PostgresClientValue[] {
  return values.map((value) => {
    if (Array.isArray(value)) return parameterText(value.map((item) => dated(item, dateText)));
    return toClientValue(dated(value as SqlScalar, dateText));
  });
}

function dated(value: SqlScalar, dateText: ((date: Date) => string) | undefined): SqlScalar {
  return dateText && value instanceof Date ? dateText(value) : value;
}

function toClientValue(value: SqlScalar): PostgresClientValue {
  if (value instanceof Date || typeof value === 'bigint') return parameterText(value);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value;
}

/** The instant in UTC, as clients store it that have columns without a time zone. */
export function utcText(date: Date): string {
  return date.toISOString();
}
