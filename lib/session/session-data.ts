import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { sizeOf } from './size-of.ts';

export interface DataLimits {
  /** Keys and values as JSON together, in bytes. */
  readonly maxBytes: number;
}

const keyShape = /^[\w.:-]{1,64}$/;
const mostKeys = 128;
const deepest = 32;

/**
 * Each key and its value as JSON, checked: what is read later is what was written.
 *
 * @throws Misuse `session/invalid-data` for what JSON can't express
 * @throws Refusal `session/too-large`, `session/unsafe-key`
 */
export function encodeData(changes: object, { maxBytes }: DataLimits): Readonly<Record<string, string>> {
  if (!isPlain(changes))
    throw new Misuse('session/invalid-data', 'The changes are a record of keys and values.');
  const encoded: Record<string, string> = Object.create(null);
  const keys = Object.keys(changes);
  if (keys.length > mostKeys) refuse(deny('session/too-large', { reason: 'keys', limit: mostKeys }));
  const budget = { left: maxBytes, limit: maxBytes };
  for (const key of keys) {
    if (key === '__proto__') refuse(deny('session/unsafe-key', { key }));
    checkKey(key);
    const value = (changes as Record<string, unknown>)[key];
    if (value === undefined) {
      throw new Misuse('session/invalid-data', `${key} is undefined.`, { hint: `Use delete('${key}').` });
    }
    check(value, key, 1, budget);
    encoded[key] = JSON.stringify(value);
  }
  const bytes = sizeOf(encoded);
  if (bytes > maxBytes) refuse(deny('session/too-large', { reason: 'bytes', limit: maxBytes }));
  return encoded;
}

/** @throws Misuse `session/invalid-data` */
export function checkKey(key: unknown): asserts key is string {
  // Reserved, because an object with such an own key misleads code that merges it.
  if (typeof key === 'string' && keyShape.test(key) && key !== '__proto__') return;
  throw new Misuse('session/invalid-data', 'A key of the data is not 1 to 64 letters, digits and _ . : -.');
}

/** @throws Misuse `session/invalid-data` */
export function checkUser(user: unknown): asserts user is string {
  const usable =
    typeof user === 'string' &&
    user !== '' &&
    user.length <= 256 &&
    user.isWellFormed() &&
    !control.test(user);
  if (!usable) {
    throw new Misuse(
      'session/invalid-data',
      'The user is not a string of 1 to 256 characters, without control characters.',
    );
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
const control = /[\0-\x1f\x7f]/;

/** The values of a record, deeply frozen. It has no prototype, so a polluted one adds no keys. */
export function decodeData<Data extends object>(
  data: Readonly<Record<string, string>>,
): Readonly<Partial<Data>> {
  const decoded: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(data)) decoded[key] = deepFreeze(JSON.parse(data[key] as string));
  return Object.freeze(decoded) as Readonly<Partial<Data>>;
}

function deepFreeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}

interface Budget {
  left: number;
  readonly limit: number;
}

/** Each value costs at least a byte, so that shared references can't multiply the work. */
function check(value: unknown, key: string, depth: number, budget: Budget): void {
  budget.left -= typeof value === 'string' ? value.length + 2 : 1;
  if (budget.left < 0) refuse(deny('session/too-large', { reason: 'bytes', limit: budget.limit }));
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value !== 'object') throw unfit(key);
  if (depth > deepest) refuse(deny('session/too-large', { reason: 'levels', limit: deepest }));
  if (Array.isArray(value)) {
    // Not for-of: an iterator of the array's own would hide items from it.
    for (let at = 0; at < value.length; at++) {
      if (!Object.hasOwn(value, at)) throw unfit(key);
      check(value[at], key, depth + 1, budget);
    }
    if (hasToJson(value)) throw unfit(key);
    return;
  }
  if (!isPlain(value) || hasToJson(value)) throw unfit(key);
  for (const name of Object.keys(value)) {
    if (name === '__proto__') refuse(deny('session/unsafe-key', { key }));
    budget.left -= name.length;
    const item = (value as Record<string, unknown>)[name];
    // JSON leaves such a key out, and that reads the same.
    if (item !== undefined) check(item, key, depth + 1, budget);
  }
}

function unfit(key: string): Misuse {
  return new Misuse('session/invalid-data', `${key} holds something that JSON cannot express.`);
}

function hasToJson(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

/** Of this realm or another one. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, 'hasOwnProperty');
}
