const redacted = '[redacted]';

/**
 * A string that nothing shows by accident. It prints as `[redacted]` in strings, JSON, `console.log`, `util.inspect` and
 * errors. A structured clone, `v8.serialize` and `postMessage` carry none of its bytes (CWE-532).
 *
 * `reveal()` is the only way to the value. Call it where the value is used, and don't keep what it returns. A debugger, a
 * heap snapshot and a core dump still show the value.
 *
 * @example
 * ```ts
 * import { Secret } from 'bulwark/secrets';
 *
 * const key = new Secret('b6V0rj7nqYwE5tq0');
 * `key: ${key}`; // 'key: [redacted]'
 * JSON.stringify({ key }); // '{"key":"[redacted]"}'
 * key.reveal(); // 'b6V0rj7nqYwE5tq0'
 * ```
 */
export class Secret {
  readonly #value: string;

  /** @throws TypeError where `value` is no string; the error doesn't contain it */
  constructor(value: string) {
    if (typeof value !== 'string') throw new TypeError('A Secret holds a string.');
    this.#value = value;
    Object.freeze(this);
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toLocaleString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [Symbol.toPrimitive](): string {
    return redacted;
  }

  get [Symbol.toStringTag](): string {
    return 'Secret';
  }

  /** What `util.inspect` and `console.log` print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return redacted;
  }
}

/** True for a Secret, also for one that another copy of bulwark made. JSON can't forge one, because it holds no functions. */
export function isSecret(value: unknown): value is Secret {
  if (value instanceof Secret) return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.prototype.toString.call(value) === '[object Secret]' &&
    typeof (value as { reveal?: unknown }).reveal === 'function'
  );
}
