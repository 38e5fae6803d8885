import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { contentOf } from './safe-html.ts';

/**
 * A value as text: strings, numbers, big integers, URLs; nothing for null and undefined. Booleans are `true` and `false`,
 * which is what `aria-*` and `data-*` attributes want.
 *
 * An object or an array that a client can send in place of a string (`?q[x]=1`, a JSON body) is a Refusal. What no
 * client can send is a Misuse.
 *
 * @param place where the value stands, for the developer: never data of a request
 */
export function printable(value: unknown, place: string): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'undefined':
      return '';
    case 'object':
      if (value === null) return '';
      return value instanceof URL || value instanceof URLSearchParams
        ? value.toString()
        : refuseObject(value, place);
    default:
      throw new Misuse('html/invalid-value', `In ${place} stands a ${typeof value}.`, hintFor(typeof value));
  }
}

export function refuseObject(value: object, place: string): never {
  if (contentOf(value)) throw new Misuse('html/markup-outside-text', `It stands in ${place}.`);
  const type = typeName(value);
  if (type !== 'Object' && type !== 'Array') {
    throw new Misuse('html/invalid-value', `In ${place} stands an object of type ${type}.`, hintFor(type));
  }
  // Generators and other iterators: what a client sends has no symbols.
  if (type === 'Object' && typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function') {
    throw new Misuse('html/invalid-value', `In ${place} stands an iterable.`, hintFor('Iterator'));
  }
  return refuse(deny('html/not-text', { place, type }));
}

function typeName(value: object): string {
  if (Array.isArray(value)) return 'Array';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return 'Object';
  const name = (prototype as { readonly constructor?: { readonly name?: unknown } }).constructor?.name;
  // An object of another realm (a worker, node:vm) is as plain as one of this.
  return typeof name === 'string' && /^[A-Za-z_$][\w$]{0,60}$/.test(name) ? name : 'Object';
}

function hintFor(type: string): { readonly hint?: string } {
  const hint = hints.get(type);
  return hint === undefined ? {} : { hint };
}

const hints: ReadonlyMap<string, string> = new Map([
  ['function', 'Call it, and give the hole what it returns.'],
  ['symbol', 'Give the hole its description, or another string.'],
  ['Promise', 'Await the promise before the template.'],
  ['Date', 'Give the hole date.toISOString(), or what Intl.DateTimeFormat makes of it.'],
  ['Map', 'Spread it into an array of text or markup: [...map.values()].'],
  ['Set', 'Spread it into an array, [...set], and join that: here stands one text.'],
  ['Iterator', 'Spread it into an array, [...values], and join that: here stands one text.'],
  ['Error', 'Give the hole error.message, if a visitor may know it.'],
]);
