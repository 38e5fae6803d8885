import type { BoundValue, SqlScalar } from '../value/sql-value.ts';

/**
 * A value as PostgreSQL reads it from text, and as pg writes it.
 *
 * Not left to postgres.js, which converts by the type of the parameter: the text `true` would be stored as false,
 * JSON text as a string, and after an altered table it would convert what it had converted before (3.4.9).
 */
export function parameterText(value: BoundValue): string | null {
  return Array.isArray(value) ? listText(value) : scalarText(value as SqlScalar);
}

function scalarText(value: SqlScalar): string | null {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof Date) return dateText(value);
  if (value instanceof Uint8Array) {
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  }
  return String(value);
}

/** An array literal (PostgreSQL, 8.15.6). */
function listText(list: readonly SqlScalar[]): string {
  const items = list.map((item) => {
    const text = scalarText(item);
    return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}

/**
 * The local time with its offset: a column with a time zone reads the instant, one without the time of the clock, which
 * is how it is read again.
 */
function dateText(date: Date): string {
  const year = date.getFullYear();
  const [day, time] = [
    [pad(year < 1 ? 1 - year : year, 4), pad(date.getMonth() + 1), pad(date.getDate())].join('-'),
    [pad(date.getHours()), pad(date.getMinutes()), pad(date.getSeconds())].join(':'),
  ];
  const offset = -date.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const zone = `${offset < 0 ? '-' : '+'}${pad(hours)}:${pad(minutes)}`;
  return `${day}T${time}.${pad(date.getMilliseconds(), 3)}${zone}${year < 1 ? ' BC' : ''}`;
}

function pad(number: number, digits = 2): string {
  return String(number).padStart(digits, '0');
}
