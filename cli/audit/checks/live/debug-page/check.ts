/**
 * Looks for the error pages that frameworks show in their debug mode: Django, Werkzeug and Flask, Starlette, Tornado, Express, Next, Rails,
 * Laravel, Symfony, Spring, ASP.NET, PHP.
 *
 * ## Why
 * A debug page shows code, settings and variables, and some run code that a visitor types.
 *
 * ## Passes
 * An error was provoked, and its page is none of a debug mode. Others could be, so a pass here alone does not pass the line.
 * So does a site that answers everything with an ordinary page; an error page of the server itself was not seen then.
 *
 * ## Fails
 * An answer is the page of a debug mode, or has a trace that frameworks only send in theirs.
 *
 * ## Unknown
 * No error could be provoked: the site had no answer, redirects every path, or asks for a log-in on each.
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
import { provokedErrors } from '../../../live/judge/provoked-errors.ts';
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
  const answers = errorAnswers(site);
  const others = allAnswers(site).filter(({ status }) => status >= 400);
  const found = [...answers, ...others].flatMap((answer) => {
    const detail = errorDetail(answer, true);
    return detail === undefined
      ? []
      : [fail(`An error is answered with ${detail.sign.what}.`, [shownPiece(answer, detail.text)], fix)];
  });
  if (found.length > 0) return [...new Map(found.map((one) => [one.summary, one])).values()].slice(0, 20);
  const evidence = [...site.errors, ...site.controls].map(({ reply }) => shownReply(reply));
  const provoked = provokedErrors(site);
  if (provoked.kind === 'none')
    return [unknown(provoked.why, `Audit the site while it answers. ${fix}`, evidence.slice(0, 10))];
  const summary =
    provoked.kind === 'errors'
      ? `None of ${provoked.errors.length} errors that were provoked has the page of a debug mode.`
      : `The site answers everything with a page, and none of ${provoked.pages.length} has the page of a debug mode. An error page of the server itself was not seen.`;
  return [pass(summary, evidence.slice(0, 20))];
}
