import { DomRefusal } from './dom-error.ts';

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
