/**
 * Looks for the error pages that frameworks show in their debug mode: Django, Werkzeug and Flask, Starlette, Tornado, Express, Next, Rails,
 * Laravel, Symfony, Spring, ASP.NET, PHP.
 *
 * ## Why
 * A debug page shows code, settings and variables, and some run code that a visitor types.
 *
 * ## Passes
 * An error was provoked, and its page is none of a debug mode. Others could be, so a pass here alone does not pass the line.
 *
 * ## Fails
 * An answer is the page of a debug mode, or has a trace that frameworks only send in theirs.
 *
 * ## Unknown
 * No error could be provoked: the site had no answer, or answers every path with a page.
 *
 * ## How to fix
 * ```sh
 * NODE_ENV=production node server.js
 * ```
 * For Django `DEBUG = False`; for Flask `FLASK_DEBUG=0` and a server for production.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { allAnswers, errorAnswers } from '../../../live/judge/all-answers.ts';
import { errorDetail } from '../../../live/judge/error-details.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { shownPiece, shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const fix =
  'Switch the debug mode off: `NODE_ENV=production`, `DEBUG = False` in Django, `FLASK_DEBUG=0`, `APP_DEBUG=false` in Laravel.';

export const check: Check = liveCheck({
  id: 'live/debug-page',
  aspect: 'errors/debug',
  title: 'Errors are not answered with the page of a debug mode.',
  why: 'A debug page shows code, settings and variables, and some run code that a visitor types.',
  weight: 'part',
  severity: 'high',
  cwe: [489, 209],
  asvs: ['13.4.2'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const provoked = errorAnswers(site);
  const others = allAnswers(site).filter(({ status }) => status >= 400);
  const found = [...provoked, ...others].flatMap((answer) => {
    const detail = errorDetail(answer, true);
    return detail === undefined
      ? []
      : [fail(`An error is answered with ${detail.sign.what}.`, [shownPiece(answer, detail.text)], fix)];
  });
  if (found.length > 0) return [...new Map(found.map((one) => [one.summary, one])).values()].slice(0, 20);
  const errors = provoked.filter(({ status }) => status >= 400 && status !== 429);
  const evidence = [...site.errors, ...site.controls].map(({ reply }) => shownReply(reply));
  if (errors.length === 0)
    return [
      unknown(
        'No error of the site could be provoked.',
        `Audit the site while it answers. ${fix}`,
        evidence.slice(0, 10),
      ),
    ];
  return [
    pass(
      `None of ${errors.length} errors that were provoked has the page of a debug mode.`,
      evidence.slice(0, 20),
    ),
  ];
}
