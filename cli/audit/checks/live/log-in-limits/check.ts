/**
 * Looks at how the log-in answers wrong passwords, only with `--login-probe`: one after the other, for the throw-away user that was named
 * for it.
 *
 * ## Why
 * Without a limit a program tries the passwords of a list until one fits.
 *
 * ## Passes
 * After some attempts the site answers with 429, with 403 or 423 where it did not before, or with `Retry-After`. Other paths that check a
 * password may have no limit, so a pass here alone does not pass the line.
 *
 * ## Fails
 * Ten wrong passwords or more were all answered alike.
 *
 * ## Unknown
 * Fewer were tried, the log-in had no answer, refused the request itself (403, 404, 405, 419), or its answers changed in another way.
 *
 * ## How to fix
 * ```js
 * app.post('/login', rateLimit({ windowMs: 15 * 60_000, limit: 5 }), logIn); // express-rate-limit
 * ```
 */

import { type Answer, headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const fix = 'Limit the attempts for each user and each address: 5 in 15 minutes, then answer with 429.';
const enough = 10;
/** 403 and 419 may also mean that a CSRF token was missing, before any password was checked. */
const refusals: ReadonlySet<number> = new Set([403, 404, 405, 419]);
const ofLimits = /too many|rate.?limit|locked|try again (?:in|later)|temporarily/i;

export const check: Check = liveCheck({
  id: 'live/log-in-limits',
  aspect: 'rate-limits/log-in',
  title: 'The log-in limits attempts.',
  why: 'Without a limit a program tries passwords until one fits.',
  weight: 'part',
  severity: 'high',
  cwe: [307],
  asvs: ['6.3.1'],
  judge,
});

function judge({ logIn }: Site): readonly Outcome[] {
  if (logIn === undefined) return [];
  const { attempts, failure } = logIn;
  const answers = attempts.flatMap((reply) => (reply.kind === 'answer' ? [reply] : []));
  const evidence = [
    ...attempts.slice(0, 3).map((reply) => shownReply(reply)),
    ...attempts.slice(-2).map((reply) => shownReply(reply, 'retry-after')),
    { text: `${attempts.length} attempts` },
    ...(failure === undefined ? [] : [{ text: failure.slice(0, 200) }]),
  ];
  const [first] = answers;
  if (first === undefined)
    return [unknown('The log-in had no answer.', 'Audit the site while it answers.', evidence)];
  if (refusals.has(first.status) || first.status >= 500)
    return [
      unknown(
        'The first attempt was answered as no log-in does.',
        'Give the URL that the form is sent to.',
        evidence,
      ),
    ];
  const limited = answers.findIndex((answer) => isLimit(answer, first));
  if (limited > 0) return [pass(`The log-in is limited after ${limited} wrong passwords.`, evidence)];
  if (limited === 0)
    return [
      unknown(
        'The first attempt was refused already.',
        'Wait until the limit is over, and try again.',
        evidence,
      ),
    ];
  if (answers.some(({ body }) => ofLimits.test(body)) && !ofLimits.test(first.body))
    return [
      unknown(
        'Later answers speak of a limit, with the same status as before.',
        'Answer with 429, so that clients and tests see it.',
        evidence,
      ),
    ];
  const isAlike = answers.every((answer) => answer.status === first.status);
  if (!isAlike || answers.length < attempts.length || answers.length < enough)
    return [unknown(`Whether the log-in limits attempts was not seen in ${answers.length}.`, fix, evidence)];
  return [fail(`The log-in answered ${answers.length} wrong passwords alike.`, evidence, fix)];
}

function isLimit(answer: Answer, first: Answer): boolean {
  if (answer.status === 429 || headerValues(answer, 'retry-after').length > 0) return true;
  return (answer.status === 423 || answer.status === 403) && first.status !== answer.status;
}
