import { DomRefusal } from './dom-error.ts';
import { hrefOf } from './native.ts';

/** Values that can be shown as text. Null and undefined are empty text. */
export type TextValue = string | number | bigint | boolean | null | undefined;

/** @throws DomRefusal `dom/not-text` for an object, which untyped JSON can bring in despite the types */
export function textOf(value: unknown, place: string): string {
  if (value === null || value === undefined) return '';
  const type = typeof value;
  if (type === 'object' || type === 'function' || type === 'symbol')
    throw new DomRefusal('dom/not-text', { place, type });
  return String(value);
}

/** @throws DomRefusal `dom/not-text` for an object that is not a `URL` (of this or another window) */
export function urlTextOf(value: unknown, place: string): string {
  try {
    if (typeof value === 'object' && value !== null) return hrefOf(value);
  } catch {
    // An object that only claims to be a URL.
  }
  return textOf(value, place);
}
