/**
 * Looks at cookies that hold a token against CSRF. Scripts of the page may have to read them, so `HttpOnly` is not asked for.
 *
 * ## Why
 * Who can set or read the token can send forms in the name of a visitor.
 *
 * ## Passes
 * Each one has `SameSite=Lax` or `Strict`, and `Secure` if the site has https.
 *
 * ## Fails
 * One of these is missing.
 *
 * ## Unknown
 * The page that sets it had no answer.
 *
 * ## How to fix
 * ```text
 * Set-Cookie: __Host-csrf=...; Path=/; Secure; SameSite=Strict
 * ```
 */

import type { SetCookie } from '../../../../target/http/set-cookie.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass } from '../../../check/outcome.ts';
import { cookieRole } from '../../../live/judge/cookie-role.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { seenPages } from '../../../live/judge/page-answers.ts';
import { shownCookie } from '../../../live/judge/shown-cookie.ts';
import type { Site } from '../../../live/site.ts';

const fix = 'Set the cookie with `Secure; SameSite=Strict`.';

export const check: Check = liveCheck({
  id: 'live/csrf-cookie',
  aspect: 'cookies/session',
  title: 'Cookies with a token against CSRF are SameSite, and Secure where the site has https.',
  why: 'Who can set or read the token can send forms in the name of a visitor.',
  weight: 'note',
  severity: 'low',
  cwe: [614, 1275],
  asvs: ['3.3.1', '3.3.2'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const tokens = site.cookies.filter((cookie) => !cookie.isRemoved && cookieRole(cookie) === 'csrf');
  const wrong = tokens.flatMap((cookie) => {
    const missing = missingIn(cookie);
    const name = cookie.name.slice(0, 60).replaceAll(/[\s\p{Cc}]/gu, '?');
    return missing.length === 0
      ? []
      : [fail(`The cookie ${name} has no ${missing.join(' and no ')}.`, [shownCookie(cookie)], fix)];
  });
  if (wrong.length > 0) return [...new Map(wrong.map((one) => [one.summary, one])).values()].slice(0, 20);
  if (tokens.length > 0)
    return [
      pass('Each cookie with a token against CSRF is protected.', tokens.slice(0, 10).map(shownCookie)),
    ];
  return seenPages(site, fix).lost;
}

function missingIn({ secure, sameSite, url }: SetCookie): readonly string[] {
  return [
    ...(secure || url.startsWith('http:') ? [] : ['Secure']),
    ...(sameSite === 'lax' || sameSite === 'strict' ? [] : ['SameSite of Lax or Strict']),
  ];
}
