import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { shownKey } from '../shown-key.ts';
import type { BinaryPolicy, Handler } from './binary-options.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads bytes in order, and never beyond their end. It counts what it reads, so that no length in the input makes it allocate or loop beyond the
 * limits.
 */
export class ByteReader<In = never> {
  readonly policy: BinaryPolicy<In>;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #depth = 0;
  #keys = 0;
  #items = 0;

  constructor(input: unknown, policy: BinaryPolicy<In>) {
    const { format, maxBytes } = policy;
    this.policy = policy;
    if (!(input instanceof Uint8Array)) notBytes(input, format);
    if (input.byteLength > maxBytes) refuse(deny('parse/too-large', { format, maxBytes }));
    // Another thread could change shared memory between a check and its use.
    this.#bytes = input.buffer instanceof SharedArrayBuffer ? new Uint8Array(input) : input;
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
  }

  /** The value that `read` finds, with nothing after it. */
  whole(read: () => unknown): unknown {
    const value = read();
    if (this.#at < this.#bytes.byteLength) this.invalid('data after the end');
    return value;
  }

  invalid(reason: string): never {
    refuse(deny('parse/invalid-syntax', { format: this.policy.format, reason, offset: this.#at }));
  }

  notAllowed(what: string): never {
    refuse(deny('parse/not-allowed', { format: this.policy.format, what }));
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  int8(): number {
    return this.#view.getInt8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2));
  }

  int16(): number {
    return this.#view.getInt16(this.#take(2));
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4));
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#take(8));
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#take(8));
  }

  float32(): number {
    return this.finite(this.#view.getFloat32(this.#take(4)));
  }

  float64(): number {
    return this.finite(this.#view.getFloat64(this.#take(8)));
  }

  finite(value: number): number {
    if (Number.isFinite(value) || this.policy.allowNonFinite) return value;
    const reason = 'NaN or an infinity';
    refuse(deny('parse/invalid-number', { format: this.policy.format, reason, offset: this.#at }));
  }

  /** A copy, so that keeping it doesn't keep the whole input. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    // `slice` of a Buffer would share its memory.
    return new Uint8Array(this.#bytes.subarray(start, start + length));
  }

  text(length: number): string {
    const start = this.#take(length);
    try {
      return strictUtf8.decode(this.#bytes.subarray(start, start + length));
    } catch (cause) {
      const reason = 'bytes that are not UTF-8';
      refuse(deny('parse/invalid-text', { format: this.policy.format, reason }), cause);
    }
  }

  list(length: number, read: () => unknown): unknown[] {
    this.#items += this.#promised(length, 1);
    this.#atMost('maxItems', this.#items);
    return this.nested(() => {
      const items: unknown[] = [];
      for (let index = 0; index < length; index++) items.push(read());
      return items;
    });
  }

  map(length: number, read: () => unknown): object {
    this.#keys += this.#promised(length, 2);
    this.#atMost('maxKeys', this.#keys);
    return this.nested(() => (this.policy.maps ? this.#entries(length, read) : this.#object(length, read)));
  }

  nested<T>(read: () => T): T {
    const { format, maxDepth } = this.policy;
    if (++this.#depth > maxDepth) refuse(deny('parse/too-deep', { format, maxDepth }));
    const value = read();
    this.#depth--;
    return value;
  }

  /** The value that a listed extension or tag makes of its content. */
  handled(number: number, what: string, content: () => In): unknown {
    const handler: Handler<In> | undefined = this.policy.handlers.get(number);
    if (handler === undefined) this.notAllowed(what);
    const value = handler(content());
    if (isThenable(value)) asynchronousHandler(value, number);
    return value;
  }

  #entries(length: number, read: () => unknown): object {
    const map = new Map<unknown, unknown>();
    for (let index = 0; index < length; index++) {
      const key = read();
      if (typeof key !== 'string' && !Number.isSafeInteger(key))
        this.notAllowed('a key that is no string and no integer');
      if (key === '__proto__') this.#dangerous(key);
      if (map.has(key)) this.#duplicate(String(key));
      map.set(key, read());
    }
    return map;
  }

  #object(length: number, read: () => unknown): object {
    const object: Record<string, unknown> = {};
    for (let index = 0; index < length; index++) {
      const key = read();
      if (typeof key !== 'string') this.notAllowed('a key that is no string');
      if (key === '__proto__') this.#dangerous(key);
      if (Object.hasOwn(object, key)) this.#duplicate(key);
      const value = read();
      if (key === 'constructor' && hasPrototype(value)) this.#dangerous('constructor.prototype');
      // An inherited name may be read-only, or have a setter.
      if (key in object)
        Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
      else object[key] = value;
    }
    return object;
  }

  #duplicate(key: string): never {
    refuse(deny('parse/duplicate-key', { format: this.policy.format, key: shownKey(key) }));
  }

  #dangerous(key: string): never {
    refuse(deny('parse/dangerous-key', { format: this.policy.format, key }));
  }

  /** A length is trusted only as far as the remaining bytes can hold it. */
  #promised(length: number, bytesEach: number): number {
    if (length * bytesEach > this.#bytes.byteLength - this.#at) this.invalid('a length beyond the end');
    return length;
  }

  #atMost(what: 'maxKeys' | 'maxItems', count: number): void {
    const most = this.policy[what];
    if (count > most) refuse(deny('parse/too-many', { format: this.policy.format, what, most }));
  }

  #take(length: number): number {
    const start = this.#at;
    this.#promised(length, 1);
    this.#at += length;
    return start;
  }
}

function hasPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

function asynchronousHandler(value: PromiseLike<unknown>, number: number): never {
  // Nobody waits for it, and an unhandled rejection ends the process.
  Promise.resolve(value).catch(() => undefined);
  throw new Misuse(
    'bulwark/invalid-option',
    `The function for number ${number} returns a promise, and parsing is synchronous. Return the content, and do the rest after parsing.`,
  );
}

function notBytes(input: unknown, format: string): never {
  if (isThenable(input)) {
    throw new Misuse('bulwark/invalid-option', 'The input is a promise. Write `await` in front of it.');
  }
  refuse(deny('parse/invalid-syntax', { format, reason: 'the input is not a Uint8Array', offset: 0 }));
}

/** An integer as a number if a number holds it exactly, otherwise as a bigint. */
export function integer(value: bigint): number | bigint {
  const isSafe = value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER);
  return isSafe ? Number(value) : value;
}
