/**
 * Looks at `Strict-Transport-Security` of each page that is answered over https, as browsers read it (RFC 6797): the first header counts,
 * and one with an error in it counts as none. A bad certificate is told by `live/certificate`, not here.
 *
 * ## Why
 * Without the header a browser starts with http when somebody types the name, and anyone on the path keeps it there.
 *
 * ## Passes
 * Each page has the header with a `max-age` of at least 15552000 (180 days).
 *
 * ## Fails
 * The header is missing, shorter, or not valid: without `max-age`, with a directive twice, or with two values joined by a comma.
 *
 * ## Unknown
 * No page was answered over https. Browsers ignore the header over http.
 *
 * ## How to fix
 * ```text
 * Strict-Transport-Security: max-age=31536000; includeSubDomains
 * ```
 */

import { type Answer, headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { type Outcome, unknown } from '../../../check/outcome.ts';
import { judgePages, type PageVerdict } from '../../../live/judge/judge-pages.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { answersOf } from '../../../live/judge/page-answers.ts';
import { shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const leastAge = 15_552_000;
const header = 'strict-transport-security';
const fix =
  'Send with every answer over https: `Strict-Transport-Security: max-age=31536000; includeSubDomains`';

export const check: Check = liveCheck({
  id: 'live/hsts',
  aspect: 'https/hsts',
  title: 'Pages are sent with Strict-Transport-Security for at least 180 days.',
  why: 'Without the header a browser starts with http, and anyone on the path keeps it there.',
  severity: 'medium',
  cwe: [319],
  asvs: ['3.4.1'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const secure = site.pages.filter((page) => answersOf(page).some(isSecure) || page.url.startsWith('https:'));
  if (secure.length === 0)
    return [
      unknown(
        'No page was looked at over https, and browsers ignore Strict-Transport-Security over http.',
        'Give the URL of the site with https.',
        site.pages
          .flatMap(answersOf)
          .slice(0, 5)
          .map((answer) => shownReply(answer, header)),
      ),
    ];
  return judgePages(
    { ...site, pages: secure },
    {
      passes: 'Every page that was looked at is sent with Strict-Transport-Security for at least 180 days.',
      fix,
      headers: [header],
      judge: judgeAnswer,
    },
  );
}

function isSecure({ url }: Answer): boolean {
  return url.startsWith('https:');
}

function judgeAnswer(answer: Answer): PageVerdict | undefined {
  if (!isSecure(answer)) return undefined;
  const [value] = headerValues(answer, header);
  if (value === undefined) return { verdict: 'fail', why: 'is sent without Strict-Transport-Security' };
  const age = readAge(value);
  if (age === undefined)
    return {
      verdict: 'fail',
      why: 'has a Strict-Transport-Security that is not valid, which browsers ignore',
    };
  if (age === 0) return { verdict: 'fail', why: 'switches Strict-Transport-Security off with `max-age=0`' };
  if (age < leastAge)
    return { verdict: 'fail', why: 'has a Strict-Transport-Security of less than 180 days' };
  return { verdict: 'pass', why: 'has it' };
}

/** The seconds of `max-age`; undefined if the header is not valid (RFC 6797, 6.1). */
function readAge(value: string): number | undefined {
  const directives = new Map<string, string>();
  for (const part of value.split(';').slice(0, 50)) {
    const [, name = '', given = ''] = /^\s*([^\s=]*)\s*(?:=\s*(.*?)\s*)?$/.exec(part) ?? [];
    const key = name.toLowerCase();
    if (key === '') {
      if (part.trim() !== '') return undefined;
      continue;
    }
    if (directives.has(key)) return undefined;
    directives.set(key, given);
  }
  const age = /^(?:(\d{1,15})|"(\d{1,15})")$/.exec(directives.get('max-age') ?? '');
  return age === null ? undefined : Number(age[1] ?? age[2]);
}
