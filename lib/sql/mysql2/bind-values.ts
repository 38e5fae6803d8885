import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import type { Statement } from '../render/render.ts';
import type { Reading } from '../template/sql-site.ts';
import type { BoundValue } from '../value/sql-value.ts';
import { comparedPlaces } from './compared-places.ts';

/**
 * A statement's values as mysql2 binds them.
 *
 * To MySQL `'secret' = 0` is true, as a text is compared with a number as numbers: whoever may send a number, or false,
 * in place of a text, would find any row (CVE-2013-3221 in Rails). What is compared is bound as text, which the server
 * reads as a number beside one, and so is a column of `(select ${n} as a)`, which is compared elsewhere. Otherwise a
 * number is a number: `coalesce(count, '0')` would be a text, and sort as one, and `greatest('9', '10')` be 9.
 */
export function bindValues(statement: Statement): unknown[] {
  const { values } = statement;
  const places = values.some(isNumeric) ? placesOf(statement) : [];
  return values.map((value, i) => bind(value, places[i] ?? true));
}

function bind(value: BoundValue, compared: boolean): unknown {
  if (value instanceof Date) return inRange(value);
  // mysql2 sends any other Uint8Array as text of the connection's character set.
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return compared && isNumeric(value) ? String(asNumber(value)) : value;
}

function isNumeric(value: BoundValue): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

function asNumber(value: number | bigint | boolean): number | bigint {
  return typeof value === 'boolean' ? Number(value) : value;
}

const known = new WeakMap<Reading, Map<string, readonly boolean[]>>();
/** Texts of one place in the code that are remembered: a client's choices make more. */
const mostTexts = 16;

function placesOf({ text, reading }: Statement): readonly boolean[] {
  const texts = known.get(reading) ?? new Map<string, readonly boolean[]>();
  if (texts.size === 0) known.set(reading, texts);
  const places = texts.get(text) ?? comparedPlaces(text);
  if (texts.size < mostTexts) texts.set(text, places);
  return places;
}

const first = Date.parse('1000-01-02T00:00:00Z');
const last = Date.parse('9999-12-31T00:00:00Z');

/** The range of `datetime`, less a day for time zones. The server makes NULL of what is beyond, with a warning at most. */
function inRange(date: Date): Date {
  const time = date.getTime();
  if (time >= first && time < last) return date;
  return refuse(deny('sql/invalid-value', { type: 'date outside of the years 1000 to 9999' }));
}
