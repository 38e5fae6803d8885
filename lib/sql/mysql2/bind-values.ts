import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import type { BoundValue } from '../sql-value.ts';

/** Values as mysql2 binds them. `text` is the statement's. */
export function bindValues(_text: string, values: readonly BoundValue[]): unknown[] {
  return values.map(bind);
}

function bind(value: BoundValue): unknown {
  if (value instanceof Date) return inRange(value);
  // mysql2 sends any other Uint8Array as text of the connection's character set.
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value;
}

const first = Date.parse('1000-01-02T00:00:00Z');
const last = Date.parse('9999-12-31T00:00:00Z');

/** The range of `datetime`, less a day for time zones. The server makes NULL of what is beyond, with a warning at most. */
function inRange(date: Date): Date {
  const time = date.getTime();
  if (time >= first && time < last) return date;
  return refuse(deny('sql/invalid-value', { type: 'date outside of the years 1000 to 9999' }));
}
