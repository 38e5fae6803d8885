import type { RefusalEntry } from './code-entry.ts';
import { codes, type RefusalCode, type RefusalDetail } from './codes.ts';

/** A body of the media type `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly requestId?: string;
}

/** Recognises a refusal across copies of this package and across realms; JSON cannot carry a symbol. */
export const refusalMark: unique symbol = Symbol.for('bulwark.refusal') as never;

/**
 * Thrown when a guard refuses untrusted data, or a policy forbids something.
 *
 * `message` and `hint` are fixed sentences: they never contain anything that an attacker sent. `detail` does,
 * for the log. Adapters answer with `toProblem()`, which reveals none of the three to the client.
 *
 * @example
 * ```ts
 * import { isRefusal, Refusal } from 'bulwark';
 *
 * const error = new Refusal('fetch/private-address', { detail: { host: 'intranet', address: '10.0.0.5', rule: '10.0.0.0/8' } });
 * error.code; // 'fetch/private-address'
 * error.toProblem(); // { type: 'about:blank', title: 'The request was refused.', status: 400 }
 * isRefusal(error, 'fetch/*'); // true
 * ```
 */
export class Refusal<C extends RefusalCode = RefusalCode> extends Error {
  static {
    Object.defineProperty(Refusal.prototype, refusalMark, { value: true });
  }

  override readonly name: 'Refusal' = 'Refusal' as const;
  readonly code: C;
  readonly hint: string;
  declare readonly detail: RefusalDetail<C>;
  readonly status: number;
  readonly cwe: number;
  readonly requestId: string | undefined;

  constructor(
    code: C,
    options: {
      readonly detail: RefusalDetail<C>;
      readonly hint?: string;
      readonly requestId?: string;
      readonly cause?: unknown;
    },
  ) {
    const entry: RefusalEntry = codes[code];
    super(entry.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? entry.hint;
    this.status = entry.status;
    this.cwe = entry.cwe;
    this.requestId = options.requestId;
    // Loggers that walk an error's own properties must not print what the attacker sent, unredacted. Without a prototype,
    // as a polluted one would add attributes (`get` makes it throw).
    Object.defineProperty(this, 'detail', {
      __proto__: null,
      value: options.detail,
      enumerable: false,
      writable: false,
      configurable: false,
    } as PropertyDescriptor);
  }

  /** What the client may see: a general sentence, the status and the request's id. */
  toProblem(): Problem {
    return {
      type: 'about:blank',
      title: this.status >= 500 ? 'The request could not be carried out.' : 'The request was refused.',
      status: this.status,
      ...(this.requestId !== undefined && { requestId: this.requestId }),
    };
  }

  /** What is safe to log: everything except `detail`, which the event logs in redacted form. */
  toJSON(): object {
    const { name, code, message, hint, status, cwe, requestId } = this;
    return { name, code, message, hint, status, cwe, requestId };
  }
}
