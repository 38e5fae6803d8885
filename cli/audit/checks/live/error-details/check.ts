/**
 * Looks at how the site answers what it cannot serve: a path that is not there, broken escapes and UTF-8, a null byte, parameters of a
 * shape that is not expected, a very long path.
 *
 * ## Why
 * A stack trace or the text of a database names files, versions, queries and sometimes secrets.
 *
 * ## Passes
 * An error was provoked, and no answer shows a stack trace, the message of an exception, a path of the server, or the error of a database. Others may,
 * so a pass here alone does not pass the line.
 * So does a site that answers everything with an ordinary page; an error page of the server itself was not seen then.
 *
 * ## Fails
 * An answer shows one of these.
 *
 * ## Unknown
 * No error could be provoked: the site had no answer, redirects every path, or asks for a log-in on each.
 *
 * ## How to fix
 * ```js
 * app.use((error, req, res, next) => res.status(500).send('Something went wrong.'));
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { allAnswers, errorAnswers } from '../../../live/judge/all-answers.ts';
import { errorDetail } from '../../../live/judge/error-details.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { provokedErrors } from '../../../live/judge/provoked-errors.ts';
import { shownPiece, shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const fix = 'Answer every error with a general sentence, and write its details to the log only.';

export const check: Check = liveCheck({
  id: 'live/error-details',
  aspect: 'errors/handler',
  title: 'Error pages show no details.',
  why: 'A stack trace names files, versions, queries and sometimes secrets.',
  weight: 'part',
  severity: 'medium',
  cwe: [209],
  asvs: ['16.5.1'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const answers = errorAnswers(site);
  const others = allAnswers(site).filter(({ status }) => status >= 400);
  const found = [...answers, ...others].flatMap((answer) => {
    const detail = errorDetail(answer, false);
    return detail === undefined
      ? []
      : [fail(`An error page shows ${detail.sign.what}.`, [shownPiece(answer, detail.text)], fix)];
  });
  if (found.length > 0) return [...new Map(found.map((one) => [one.summary, one])).values()].slice(0, 20);
  const evidence = [...site.errors, ...site.controls]
    .map(({ reply }) => shownReply(reply))
    .map(({ text }) => ({ text: text.slice(0, 200) }));
  const provoked = provokedErrors(site);
  if (provoked.kind === 'none')
    return [unknown(provoked.why, `Audit the site while it answers. ${fix}`, evidence.slice(0, 10))];
  const summary =
    provoked.kind === 'errors'
      ? `None of ${provoked.errors.length} errors that were provoked shows details.`
      : `The site answers everything with a page, and none of ${provoked.pages.length} shows details. An error page of the server itself was not seen.`;
  return [pass(summary, evidence.slice(0, 20))];
}
