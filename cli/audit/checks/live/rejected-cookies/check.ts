/**
 * Looks at cookies that browsers refuse: `SameSite=None` without `Secure`, and the prefixes `__Host-` and `__Secure-` without what they
 * need.
 *
 * ## Why
 * The cookie is set in no browser. What rests on it, a session or a protection against CSRF, does not work, or falls back to something
 * else.
 *
 * ## Passes
 * Cookies were set, and browsers keep each of them.
 *
 * ## Fails
 * Browsers refuse one.
 *
 * ## Unknown
 * A page had no answer.
 *
 * ## How to fix
 * ```text
 * Set-Cookie: __Host-name=...; Path=/; Secure
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass } from '../../../check/outcome.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { seenPages } from '../../../live/judge/page-answers.ts';
import { rejectionOf, shownCookie } from '../../../live/judge/shown-cookie.ts';
import type { Site } from '../../../live/site.ts';

const fix =
  'Set the cookie with `Secure`, and one whose name begins with `__Host-` with `Path=/` and without Domain.';

export const check: Check = liveCheck({
  id: 'live/rejected-cookies',
  aspect: 'cookies/session',
  title: 'Browsers keep each cookie that the site sets.',
  why: 'A cookie that browsers refuse protects nothing.',
  weight: 'note',
  severity: 'low',
  cwe: [614],
  asvs: ['3.3.1'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const set = site.cookies.filter(({ isRemoved }) => !isRemoved);
  const refused = set.flatMap((cookie) => {
    const why = rejectionOf(cookie);
    const name = cookie.name.slice(0, 60).replaceAll(/[\s\p{Cc}]/gu, '?');
    return why === undefined ? [] : [fail(`The cookie ${name} ${why}.`, [shownCookie(cookie)], fix)];
  });
  if (refused.length > 0) return [...new Map(refused.map((one) => [one.summary, one])).values()].slice(0, 20);
  const { lost } = seenPages(site, fix);
  if (lost.length > 0 || set.length === 0) return lost;
  return [pass('Browsers keep each cookie that was set.', set.slice(0, 10).map(shownCookie))];
}
