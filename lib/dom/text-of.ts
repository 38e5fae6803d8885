import { DomRefusal } from './dom-error.ts';
import { hrefOf } from './native.ts';

/** What is shown as text: nothing for null and undefined. */
export type TextValue = string | number | bigint | boolean | null | undefined;

/** @throws DomRefusal `dom/not-text` for what only looks like text to the compiler: JSON of another shape */
export function textOf(value: unknown, place: string): string {
  if (value === null || value === undefined) return '';
  const type = typeof value;
  if (type === 'object' || type === 'function' || type === 'symbol')
    throw new DomRefusal('dom/not-text', { place, type });
  return String(value);
}

/** @throws DomRefusal `dom/not-text` for an object that is no `URL` of this window or of another */
export function urlTextOf(value: unknown, place: string): string {
  try {
    if (typeof value === 'object' && value !== null) return hrefOf(value);
  } catch {
    // An object that only says that it is one.
  }
  return textOf(value, place);
}
