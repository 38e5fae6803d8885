import { record } from '../event/record.ts';
import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import type { Denied } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { webOrigin } from '../request/web-origin.ts';
import { judgeRedirect } from './judge-redirect.ts';
import { asSafeRedirect, type SafeRedirect } from './safe-redirect-type.ts';

export interface RedirectOptions {
  /** Other origins that a redirect may lead to, such as `https://accounts.example.com`. None by default. */
  readonly origins?: readonly string[];
  /** Where to go if the target is missing or not allowed: a path of your own, or a URL of a listed origin. */
  readonly fallback?: string;
}

/**
 * Checks a redirect target that came with a request, such as `?next=`. Allowed are paths of the application itself, which begin with a single
 * slash, and http or https URLs of listed origins.
 *
 * With a `fallback`, a refused target is an event and the fallback is returned; a missing one (undefined, null, '') is just the fallback.
 *
 * @returns the normal form of the target, for `res.redirect` or `Location`
 * @throws Refusal `redirect/unsafe-target` without a fallback
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { safeRedirect } from 'bulwark/redirect';
 *
 * const options = { origins: ['https://accounts.example.com'], fallback: '/' };
 * safeRedirect('/orders?page=2', options); // '/orders?page=2'
 * safeRedirect('https://accounts.example.com/profile', options); // 'https://accounts.example.com/profile'
 * safeRedirect('//evil.example', options); // '/'
 * safeRedirect('/\\evil.example', options); // '/'
 * ```
 */
export function safeRedirect(target: unknown, options: RedirectOptions = {}): SafeRedirect {
  const own = knownOptions(options, ['origins', 'fallback']);
  const origins = readOrigins(own.origins ?? []);
  const fallback = own.fallback === undefined ? undefined : readFallback(own.fallback, origins);
  const missing = target === undefined || target === null || target === '';
  if (missing && fallback !== undefined) return fallback;
  const judged = judgeRedirect(target, origins);
  if (typeof judged === 'string') return asSafeRedirect(judged);
  return refuseTo(judged, fallback);
}

function refuseTo(denied: Denied, fallback: SafeRedirect | undefined): SafeRedirect {
  if (fallback === undefined) refuse(denied);
  record(denied.code, 'blocked', denied.detail);
  return fallback;
}

const mostOrigins = 1_000;

function readOrigins(value: unknown): ReadonlySet<string> {
  if (!Array.isArray(value) || value.length > mostOrigins) {
    throw new Misuse('bulwark/invalid-option', `origins takes a list of at most ${mostOrigins} origins.`);
  }
  return new Set(
    value.map((entry: unknown) => {
      const origin = typeof entry === 'string' ? webOrigin(entry.replace(/\/$/, '')) : undefined;
      if (origin !== undefined) return origin;
      const shown =
        typeof entry === 'string' ? JSON.stringify(entry.slice(0, 128)) : `a value of type ${typeof entry}`;
      throw new Misuse(
        'bulwark/invalid-option',
        `origins has ${shown}. Write scheme and host, such as 'https://accounts.example.com', without path or wildcard.`,
      );
    }),
  );
}

function readFallback(value: unknown, origins: ReadonlySet<string>): SafeRedirect {
  const judged = judgeRedirect(value, origins);
  if (typeof judged === 'string') return asSafeRedirect(judged);
  throw new Misuse(
    'bulwark/invalid-option',
    "fallback takes a path such as '/', or a URL of one of the origins.",
  );
}
