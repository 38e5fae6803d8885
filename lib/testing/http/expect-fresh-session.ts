import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { failure, provesNothing } from '../failure.ts';
import { defaultTimeoutMs, requireMs } from '../in-time.ts';
import { type Answering, ask, isAccepted, type ReadAnswer, shownAnswer } from './answer.ts';
import { cookieHeader, type Jar, withAnswer } from './answer-cookies.ts';

/** Sends a request with this `Cookie` header. It is empty for a browser without cookies: then leave the header out. */
export type CookieRequest = (cookie: string) => Answering;

export interface FreshSessionOptions {
  /** Asks for a page that only a user who is logged in gets. */
  readonly page: CookieRequest;
  /** A request that begins a session before log-in, such as the page with the form. `page` by default. */
  readonly before?: CookieRequest;
  /** Whether `page` was shown. By default the status is 2xx. */
  readonly loggedIn?: (answer: { readonly status: number; readonly body: string }) => boolean;
  /**
   * The log-in of somebody who is logged in already may leave the cookie as it was, because it holds the session itself and no id
   * (cookie-session), or because such a log-in is ignored.
   */
  readonly allowSameCookie?: boolean;
  /** How long one request may take. 4,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

/**
 * Guarantee: it resolves only if a log-in gives the browser a new session, whatever cookies an attacker planted before: those of a session
 * that was not logged in, made-up ones, and those of a session that was logged in (session fixation, CWE-384).
 *
 * @param login logs in, with a right password and with this `Cookie` header
 * @throws AssertionError if a planted session is logged in afterwards, or if the test proves nothing
 *
 * @example
 * ```ts
 * import { expectFreshSession } from 'bulwark/testing';
 *
 * const app = 'http://127.0.0.1:3000';
 * const body = new URLSearchParams({ user: 'ann', password: 'correct horse' });
 *
 * await expectFreshSession(
 *   (cookie) => fetch(`${app}/log-in`, { method: 'POST', headers: { cookie }, body, redirect: 'manual' }),
 *   { page: (cookie) => fetch(`${app}/account`, { headers: { cookie }, redirect: 'manual' }) },
 * );
 * ```
 */
export async function expectFreshSession(login: CookieRequest, options: FreshSessionOptions): Promise<void> {
  const own = knownOptions(options, ['page', 'before', 'loggedIn', 'allowSameCookie', 'timeoutMs']);
  const timeoutMs = requireMs('timeoutMs', own.timeoutMs ?? defaultTimeoutMs);
  const { page } = own;
  if (typeof page !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'page takes a function that asks for a page of a user who is logged in.',
    );
  }
  const loggedIn =
    own.loggedIn ?? (({ status }: { readonly status: number }) => status >= 200 && status < 300);
  const send = (what: string, request: CookieRequest, jar: Jar): Promise<ReadAnswer> =>
    ask(what, () => request(cookieHeader(jar)), timeoutMs);
  const isLoggedIn = async (jar: Jar): Promise<boolean> => loggedIn(await send('page', page, jar));

  const anonymous = await send('page without cookies', page, new Map());
  if (loggedIn(anonymous))
    throw nothing('`page` is shown without a log-in', anonymous, 'ask for a page that only a user gets');
  const first = await send('log-in', login, new Map());
  const jar = withAnswer(new Map(), first);
  if (jar.size === 0) throw nothing('the log-in set no cookie', first, 'log in with a right password');
  const shownFirst = await send('page after log-in', page, jar);
  if (!loggedIn(shownFirst))
    throw nothing('`page` is not shown after log-in', shownFirst, 'log in with a right password');

  const names = await sessionCookies(jar, isLoggedIn);
  const begun = own.before === undefined ? anonymous : await send('before', own.before, new Map());
  const before = withAnswer(new Map(), begun);
  const planted: readonly (readonly [string, Jar])[] = [
    ...(names.some((name) => before.has(name)) ? [['of a session before log-in', before] as const] : []),
    ['made up', new Map(names.map((name) => [name, madeUp]))],
    ['of a session that is logged in', jar],
  ];
  for (const [what, cookies] of planted) {
    const answer = await send(`log-in with cookies ${what}`, login, cookies);
    if (!isAccepted(answer)) {
      // Refusing a cookie that it did not issue is a defence too, but only if other log-ins still work.
      const again = cookies === before ? answer : await send('log-in', login, new Map());
      if (isAccepted(again)) continue;
      throw nothing(`the log-in with cookies ${what} was refused`, answer, moreLogIns);
    }
    const after = withAnswer(cookies, answer);
    if (!(await isLoggedIn(after))) {
      throw nothing(`the log-in with cookies ${what} failed`, answer, moreLogIns);
    }
    const kept = names.every((name) => after.get(name) === cookies.get(name));
    const holds = cookies === jar ? kept && own.allowSameCookie !== true : await isLoggedIn(cookies);
    if (!holds) continue;
    throw failure('Session fixation: the log-in kept a session that was planted before.', {
      planted: `cookies ${what}`,
      cookies: names.join(', '),
      answer: shownAnswer(answer),
      'what to do':
        'give the session a new ID at log-in; if the cookie holds the session itself, set `allowSameCookie`',
    });
  }
}

const moreLogIns =
  'allow as many log-ins as this test needs, and send the CSRF token that belongs to these cookies';
const madeUp = 'bulwarkmadeup0123456789abcdefXYZ';

/** The cookies without which the user is logged out. Others, such as a CSRF token's, say nothing about the session. */
async function sessionCookies(
  jar: Jar,
  isLoggedIn: (jar: Jar) => Promise<boolean>,
): Promise<readonly string[]> {
  const needed: string[] = [];
  for (const name of jar.keys()) {
    const without = new Map([...jar].filter(([other]) => other !== name));
    if (!(await isLoggedIn(without))) needed.push(name);
  }
  return needed.length > 0 ? needed : [...jar.keys()];
}

function nothing(reason: string, answer: ReadAnswer, advice: string): Error {
  return provesNothing(reason, { answer: shownAnswer(answer) }, advice, undefined);
}
