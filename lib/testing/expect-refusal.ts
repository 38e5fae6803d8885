import { refusalsIn } from '../internal/refusal-in.ts';
import { codes, type RefusalCode } from '../refusal/codes.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { failure, shown } from './failure.ts';

type Area<C extends string> = C extends `${infer A}/${string}` ? `${A}/*` : never;

/** A code, or every code of an area: `fetch/private-address`, `fetch/*`. */
export type RefusalPattern = RefusalCode | Area<RefusalCode>;

type Matching<P extends string> = P extends `${infer A}/*`
  ? Extract<RefusalCode, `${A}/${string}`>
  : Extract<RefusalCode, P>;

/**
 * Guarantee: it resolves only if a guard refused, with a code that the pattern names. A client that wraps the error it was
 * given (the built-in fetch, axios) is seen through by `cause`, and one that gathers several by its `errors` (Promise.any).
 *
 * @param attempt a promise, or a function that is called; what it gives is awaited
 * @param pattern a code, or an area such as `fetch/*`
 * @returns the `Refusal`, with its `code`, `detail`, `hint` and `status`
 * @throws AssertionError where nothing was refused, something else failed, or the code is another one
 * @throws Misuse `bulwark/invalid-option` for a pattern that no code matches
 *
 * @example
 * ```ts
 * import { createFetch } from 'bulwark/fetch';
 * import { expectRefusal } from 'bulwark/testing';
 *
 * const fetch = createFetch({ hosts: 'public' });
 * const refusal = await expectRefusal(fetch('http://10.0.0.5/'), 'fetch/*');
 * console.log(refusal.code); // 'fetch/private-address'
 * ```
 */
export async function expectRefusal<P extends RefusalPattern>(
  attempt: PromiseLike<unknown> | (() => unknown),
  pattern: P,
): Promise<Refusal<Matching<P>>> {
  requireKnown(pattern);
  let given: unknown;
  try {
    given = await (typeof attempt === 'function' ? attempt() : attempt);
  } catch (error) {
    const refusals = refusalsIn(error);
    const refusal = refusals.find(({ code }) => matches(code, pattern)) ?? refusals[0];
    if (refusal && matches(refusal.code, pattern)) return refusal as unknown as Refusal<Matching<P>>;
    const facts = { expected: pattern, refused: refusal?.code, failed: refusal ? undefined : String(error) };
    throw failure(
      refusal ? 'A guard refused, but with another code.' : 'The call failed, but no guard refused it.',
      facts,
      {
        cause: error,
        actual: refusal?.code,
        expected: pattern,
      },
    );
  }
  throw failure('Nothing was refused.', { expected: pattern, got: shown(String(given)) });
}

function requireKnown(pattern: string): void {
  const known = Object.keys(codes).some((code) => matches(code, pattern));
  if (!known) throw new Misuse('bulwark/invalid-option', `expectRefusal: no code matches '${pattern}'.`);
}

function matches(code: string, pattern: string): boolean {
  return pattern.endsWith('/*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern;
}
