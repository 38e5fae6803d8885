/**
 * Looks at the cookies of sessions that the site set without a log-in. A cookie's role is told by its name and value: a session, the token
 * against CSRF, a setting such as a theme, a consent, a load balancer.
 *
 * ## Why
 * A cookie without `Secure` is sent over http too; one without `HttpOnly` can be read by an injected script; one without `SameSite` is sent
 * with forms of other sites, where browsers do not add it.
 *
 * ## Passes
 * Each cookie of a session that was seen has `Secure`, `HttpOnly`, and `SameSite=Lax` or `Strict`. Others may be set after a log-in, so a
 * pass here alone does not pass the line.
 *
 * ## Fails
 * One of these is missing, `SameSite` is `None` or a value that does not exist, or browsers refuse the cookie because of its prefix.
 *
 * ## Unknown
 * No cookie of a session was set, or what a cookie with a random value and without these attributes is for is not known.
 *
 * ## How to fix
 * ```text
 * Set-Cookie: __Host-session=...; Path=/; Secure; HttpOnly; SameSite=Lax
 * ```
 */

import type { SetCookie } from '../../../../target/http/set-cookie.ts';
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { cookieRole } from '../../../live/judge/cookie-role.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { rejectionOf, shownCookie } from '../../../live/judge/shown-cookie.ts';
import type { Site } from '../../../live/site.ts';

const fix = 'Set the cookie with `Secure; HttpOnly; SameSite=Lax`.';

export const check: Check = liveCheck({
  id: 'live/session-cookie',
  aspect: 'cookies/session',
  title: 'Session cookies that are set without a log-in are Secure, HttpOnly and SameSite.',
  why: 'Whoever reads or sends the cookie acts as the visitor.',
  weight: 'part',
  severity: 'high',
  cwe: [614, 1004, 1275],
  asvs: ['3.3.1', '3.3.2', '3.3.4'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const set = site.cookies.filter(({ isRemoved }) => !isRemoved);
  const sessions = set.filter((cookie) => cookieRole(cookie) === 'session');
  const doubtful = set.filter((cookie) => cookieRole(cookie) === 'secret' && weaknesses(cookie).length > 0);
  const failed = distinct(sessions, (cookie) => {
    const wrong = weaknesses(cookie);
    return wrong.length === 0
      ? undefined
      : fail(`The session cookie ${nameOf(cookie)} ${wrong.join(', and ')}.`, [shownCookie(cookie)], fix);
  });
  if (failed.length > 0) return failed;
  const open = distinct(doubtful, (cookie) =>
    unknown(
      `The cookie ${nameOf(cookie)} has a random value and ${weaknesses(cookie).join(', and ')}; whether it is of a session is not known.`,
      fix,
      [shownCookie(cookie)],
    ),
  );
  if (open.length > 0) return open;
  if (sessions.length > 0) {
    const evidence = new Map(sessions.map(shownCookie).map((one): [string, Evidence] => [one.text, one]));
    return [
      pass(
        'Each session cookie that was set without a log-in has all attributes.',
        [...evidence.values()].slice(0, 10),
      ),
    ];
  }
  return [
    unknown(
      'No session cookie was set without a log-in.',
      'Look at the cookie after a log-in, in the tools of a browser, or let the audit read how the code sets it.',
      set.slice(0, 10).map(shownCookie),
    ),
  ];
}

function weaknesses(cookie: SetCookie): readonly string[] {
  const { secure, httpOnly, sameSite } = cookie;
  const rejection = rejectionOf(cookie);
  return [
    ...(secure ? [] : ['has no Secure']),
    ...(httpOnly ? [] : ['has no HttpOnly']),
    ...(sameSite === undefined ? ['has no SameSite'] : sameSite === 'none' ? ['has SameSite=None'] : []),
    ...(sameSite !== undefined && !/^(?:lax|strict|none)$/.test(sameSite)
      ? ['has a SameSite that does not exist']
      : []),
    ...(secure && rejection !== undefined ? [rejection] : []),
  ];
}

function distinct(
  cookies: readonly SetCookie[],
  outcome: (cookie: SetCookie) => Outcome | undefined,
): readonly Outcome[] {
  const all = cookies.flatMap((cookie) => outcome(cookie) ?? []);
  return [...new Map(all.map((one) => [one.summary, one])).values()].slice(0, 20);
}

function nameOf({ name }: SetCookie): string {
  return name.slice(0, 60).replaceAll(/[\s\p{Cc}]/gu, '?');
}
