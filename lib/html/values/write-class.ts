import { printable, refuseObject } from './printable.ts';
import { contentOf } from './safe-html.ts';

/** Class names: text, lists, and records of names with the condition for each. */
export type ClassValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly ClassValue[]
  | { readonly [name: string]: unknown };

const maxNesting = 20;

/** The names with a space between them. Text is as it was written; what is not true, or not there, gives nothing. */
export function classNames(value: unknown, place: string, depth = 0): string {
  if (typeof value === 'boolean') return '';
  if (typeof value !== 'object' || value === null) return printable(value, place);
  if (Array.isArray(value) && depth < maxNesting) {
    return value
      .map((item) => classNames(item, place, depth + 1))
      .filter((names) => names !== '')
      .join(' ');
  }
  if (Array.isArray(value) || !isRecord(value)) return refuseObject(value, place);
  return Object.entries(value)
    .filter(([, condition]) => Boolean(condition))
    .map(([name]) => name)
    .join(' ');
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && contentOf(value) === undefined;
}
