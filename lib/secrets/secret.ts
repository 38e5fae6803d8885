import { sha256 } from '@noble/hashes/sha2.js';
import { Misuse } from '../refusal/misuse.ts';

const redacted = '[redacted]';

/**
 * A string that nothing shows by accident. It prints as `[redacted]` in strings, JSON, `console.log`, `util.inspect` and
 * errors. A structured clone, `v8.serialize` and `postMessage` carry none of its bytes (CWE-532).
 *
 * `reveal()` is the only way to the value. Call it where the value is used, and don't keep what it returns. A debugger, a
 * heap snapshot and a core dump still show the value.
 *
 * Compare with `equals`, and never with what it prints: anyone can send `[redacted]`.
 *
 * @example
 * ```ts
 * import { Secret } from 'bulwark/secrets';
 *
 * const key = new Secret('b6V0rj7nqYwE5tq0');
 * `key: ${key}`; // 'key: [redacted]'
 * JSON.stringify({ key }); // '{"key":"[redacted]"}'
 * key.reveal(); // 'b6V0rj7nqYwE5tq0'
 * key.equals('b6V0rj7nqYwE5tq0'); // true, compared in constant time
 * ```
 */
export class Secret {
  readonly #value: string;

  static {
    // What `util.inspect` and `console.log` print. Each attribute is named, because a polluted prototype would fill in the others.
    Object.defineProperty(Secret.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value: () => redacted,
      ...{ enumerable: false, writable: false, configurable: false },
    });
  }

  /** @throws Misuse `bulwark/invalid-option` if `value` is not a string; the error doesn't contain it */
  constructor(value: string) {
    if (typeof value !== 'string') {
      throw new Misuse('bulwark/invalid-option', 'new Secret takes a string.');
    }
    this.#value = value;
    Object.freeze(this);
  }

  reveal(): string {
    return this.#value;
  }

  /** Whether `text` is the value. The time depends on the lengths only (CWE-208). */
  equals(text: string): boolean {
    if (typeof text !== 'string') return false;
    const [own, other] = [this.#value, text].map((one) => sha256(new TextEncoder().encode(one)));
    let difference = 0;
    for (const [at, byte] of (own ?? []).entries()) difference |= byte ^ (other?.[at] ?? 0);
    return difference === 0;
  }

  static is(value: unknown): value is Secret {
    return typeof value === 'object' && value !== null && #value in value;
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
}

/** True for a Secret, also for one that another copy of bulwark made. JSON can't forge one, because it holds no functions. */
export function isSecret(value: unknown): value is Secret {
  if (Secret.is(value)) return true;
  if (Object.prototype.toString.call(value) !== '[object Secret]') return false;
  try {
    return typeof (value as Secret).reveal() === 'string';
  } catch {
    return false;
  }
}
