/**
 * Looks at how the site answers over http: the path of the first page and one of random letters, and each page that was given with http.
 *
 * ## Why
 * What is sent over http can be read and changed by anyone on the path, the cookies of the visitor too.
 *
 * ## Passes
 * Each of them is redirected to https at once, or nothing listens on the port of http.
 *
 * ## Fails
 * Content is answered over http; a script or a `<meta>` redirects, which comes too late; the first redirect stays on http; or a page
 * redirects from https back to http.
 *
 * ## Unknown
 * The port of http is not known, since https is on a port of its own, or http was answered with an error.
 *
 * ## How to fix
 * ```nginx
 * server {
 *     listen 80;
 *     return 308 https://$host$request_uri;
 * }
 * ```
 */

import { type Answer, headerValues } from '../../../../target/http/reply.ts';
import type { Visit } from '../../../../target/http/visit.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { isRedirect } from '../../../live/judge/page-answers.ts';
import { pathOf, shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const fix =
  'Answer every request over http with a redirect: `308`, `Location: https://` and the same host and path.';

export const check: Check = liveCheck({
  id: 'live/https-redirect',
  aspect: 'https/redirect',
  title: 'Requests over http are redirected to https.',
  why: 'What is sent over http can be read and changed by anyone on the path.',
  severity: 'high',
  cwe: [319],
  asvs: ['12.2.1', '3.4.1'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const visits = site.pages.flatMap(({ first, second }) => [first, ...(second ? [second] : [])]);
  const back = visits.flatMap(downgrade);
  const given = site.pages.filter(({ url }) => url.startsWith('http:')).map(({ first }) => first);
  const plain = [...site.http, ...given];
  if (plain.length === 0 && back.length === 0)
    return [
      unknown(
        'How the site answers over http was not seen.',
        'Give its URL with http too: `--url http://...`',
      ),
    ];
  const isUp = site.pages.some(({ first }) => first.answers.length > 0);
  const outcomes = [...back, ...plain.map((visit) => judgeVisit(visit, isUp && !given.includes(visit)))];
  const worse = outcomes.filter(({ verdict }) => verdict !== 'pass');
  if (worse.length > 0) return worse;
  return [
    pass(
      'Every request over http that was tried is redirected to https, or not answered at all.',
      outcomes.flatMap((one) => one.evidence),
    ),
  ];
}

/** A redirect from https to http. */
function downgrade({ answers }: Visit): readonly Outcome[] {
  return answers.flatMap((answer) =>
    answer.url.startsWith('https:') && isRedirect(answer) && leadsTo(answer) === 'http:'
      ? [
          fail(
            `The page ${pathOf(answer.url)} redirects from https to http.`,
            [shownReply(answer, 'location')],
            fix,
          ),
        ]
      : [],
  );
}

/** @param mayBeClosed a closed port shows that http is off only if the site is up, and this is not a page that was given */
function judgeVisit({ answers, stopped }: Visit, mayBeClosed: boolean): Outcome {
  const [first] = answers;
  if (first === undefined) {
    const none = stopped?.none;
    const evidence = none === undefined ? [{ text: 'There is no answer over http.' }] : [shownReply(none)];
    if (none?.reason === 'refused' && mayBeClosed)
      return pass('Nothing listens on the port of http.', evidence);
    return unknown('The site had no answer over http.', fix, evidence);
  }
  const where = pathOf(first.url);
  const evidence = answers
    .slice(0, 5)
    .map((one) => shownReply(one, ...(isRedirect(one) ? ['location'] : [])));
  if (isRedirect(first)) {
    const scheme = leadsTo(first);
    if (scheme === 'https:') return pass(`${where} is redirected to https.`, evidence.slice(0, 1));
    if (scheme === 'http:') {
      const reaches =
        answers.some(({ url }) => url.startsWith('https:')) || stopped?.to?.startsWith('https:') === true;
      return fail(
        reaches
          ? `The first redirect of ${where} over http stays on http.`
          : `A request for ${where} over http is redirected, and never to https.`,
        evidence,
        fix,
      );
    }
    return unknown(`A request for ${where} over http is redirected to no URL of the web.`, fix, evidence);
  }
  if (first.status >= 400)
    return unknown(
      `A request for ${where} over http is answered with an error, and not redirected.`,
      fix,
      evidence,
    );
  return fail(`A request for ${where} over http is answered with content.`, evidence, fix);
}

function leadsTo(answer: Answer): string | undefined {
  const [location] = headerValues(answer, 'location');
  return location !== undefined && URL.canParse(location, answer.url)
    ? new URL(location, answer.url).protocol
    : undefined;
}
