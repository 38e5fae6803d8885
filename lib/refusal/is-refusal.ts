import type { RefusalCode } from './codes.ts';
import { type Refusal, refusalMark } from './refusal.ts';

type Area<C extends string> = C extends `${infer A}/${string}` ? `${A}/*` : never;
type Matching<P extends string> = P extends `${infer A}/*`
  ? Extract<RefusalCode, `${A}/${string}`>
  : Extract<RefusalCode, P>;

/**
 * Whether the error is a `Refusal`, even one from another copy of bulwark or another realm. Never throws.
 *
 * @param pattern a code, or an area such as `fetch/*`; it narrows the type of `code` and `detail`.
 *
 * @example
 * ```ts
 * import { isRefusal } from 'bulwark';
 *
 * declare const error: unknown;
 * if (isRefusal(error, 'fetch/*')) error.code satisfies `fetch/${string}`;
 * ```
 */
export function isRefusal(error: unknown): error is Refusal;
export function isRefusal<P extends RefusalCode | Area<RefusalCode>>(
  error: unknown,
  pattern: P,
): error is Refusal<Matching<P>>;
export function isRefusal(error: unknown, pattern?: string): boolean {
  if (typeof error !== 'object' || error === null) return false;
  try {
    if ((error as Record<symbol, unknown>)[refusalMark] !== true) return false;
    if (pattern === undefined) return true;
    const { code } = error as Refusal;
    if (typeof code !== 'string') return false;
    return pattern.endsWith('/*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern;
  } catch {
    // A revoked proxy, or one whose traps throw: whatever it is, it was not made here.
    return false;
  }
}
