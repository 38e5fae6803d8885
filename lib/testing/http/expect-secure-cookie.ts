import { knownOptions } from '../../internal/known-options.ts';
import { failure, provesNothing } from '../failure.ts';
import { defaultTimeoutMs, requireMs } from '../in-time.ts';
import { requireTexts } from '../require-texts.ts';
import { type Answering, ask, shownAnswer } from './answer.ts';
import { cookiesIn, type SetCookieLine } from './answer-cookies.ts';

export interface SecureCookieOptions {
  /** The cookies to judge. All that the answer sets by default. */
  readonly names?: readonly string[];
  /** Cookies that the page's own scripts have to read, so that they can't be HttpOnly: never the session's. */
  readonly allowScripts?: readonly string[];
  /** How long one request may take. 4,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

/**
 * Guarantee: it resolves only if the answer sets a cookie, and each is sent over TLS alone (CWE-614), hidden from scripts (CWE-1004), not
 * sent with requests of other sites (CWE-1275), and kept to this host.
 *
 * @param request sends a request whose answer sets the cookie, such as a log-in. Start the application as in production
 * @throws AssertionError if a cookie lacks a protection, or if none is set
 *
 * @example
 * ```ts
 * import { expectSecureCookie } from 'bulwark/testing';
 *
 * const body = new URLSearchParams({ user: 'ann', password: 'correct horse' });
 * await expectSecureCookie(() => fetch('http://127.0.0.1:3000/log-in', { method: 'POST', body, redirect: 'manual' }));
 * ```
 */
export async function expectSecureCookie(
  request: () => Answering,
  options: SecureCookieOptions = {},
): Promise<void> {
  const own = knownOptions(options, ['names', 'allowScripts', 'timeoutMs']);
  const timeoutMs = requireMs('timeoutMs', own.timeoutMs ?? defaultTimeoutMs);
  if (own.names !== undefined) requireTexts('names', own.names);
  if (own.allowScripts !== undefined) requireTexts('allowScripts', own.allowScripts);
  const answer = await ask('the request that sets a cookie', request, timeoutMs);
  const set = cookiesIn(answer).filter((cookie) => !cookie.removes);
  const names = own.names ?? set.map(({ name }) => name);
  const missing = names.find((name) => !set.some((cookie) => cookie.name === name));
  if (names.length === 0 || missing !== undefined) {
    throw provesNothing(
      missing === undefined ? 'the answer sets no cookie' : `the answer does not set ${missing}`,
      { answer: shownAnswer(answer) },
      'send a request that sets it, such as a log-in with a right password, and follow no redirect',
      undefined,
    );
  }
  for (const cookie of set.filter(({ name }) => names.includes(name))) {
    const problems = problemsOf(cookie, own.allowScripts ?? []);
    if (problems.length === 0) continue;
    throw failure('A cookie lacks a protection.', {
      cookie: cookie.name,
      attributes: [...cookie.attributes]
        .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
        .join('; '),
      problems: problems.join('; '),
      'what to do': 'set `__Host-name=...; Path=/; Secure; HttpOnly; SameSite=Lax`',
    });
  }
}

function problemsOf({ name, attributes }: SetCookieLine, scripts: readonly string[]): readonly string[] {
  const sameSite = attributes.get('samesite')?.toLowerCase();
  const host = /^__Host-/i.test(name);
  return [
    ...(attributes.has('secure') ? [] : ['not Secure: it is sent over plain HTTP']),
    ...(attributes.has('httponly') || scripts.includes(name) ? [] : ['not HttpOnly: a script can steal it']),
    ...(sameSite === 'lax' || sameSite === 'strict'
      ? []
      : ['not SameSite=Lax or Strict: other sites send it']),
    ...((attributes.get('domain') ?? '') === '' ? [] : ['Domain: every subdomain gets it']),
    ...(host && attributes.get('path') !== '/' ? ['__Host- without Path=/: browsers ignore the cookie'] : []),
  ];
}
