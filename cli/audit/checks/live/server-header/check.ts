/**
 * Looks at the headers of all answers of the site that may name its software: `Server`, `X-Powered-By`, `X-AspNet-Version`, `X-Generator`
 * and their like.
 *
 * ## Why
 * A name and a version tell an attacker which known vulnerabilities to try.
 *
 * ## Passes
 * No header names software. The bare name `nginx` is accepted, since nginx cannot be told to hide it, and so is a word that is no
 * software's.
 *
 * ## Fails
 * A header names a server, a framework or a version.
 *
 * ## Unknown
 * A page had no answer.
 *
 * ## How to fix
 * ```js
 * app.disable('x-powered-by');
 * ```
 * For nginx: `server_tokens off;`. For Apache: `ServerTokens Prod`, and `Header unset Server` of a proxy in front.
 */

import { type Answer, headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass } from '../../../check/outcome.ts';
import { allAnswers } from '../../../live/judge/all-answers.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { seenPages } from '../../../live/judge/page-answers.ts';
import { short, shownReply } from '../../../live/judge/shown.ts';
import { softwareIn } from '../../../live/judge/software.ts';
import type { Site } from '../../../live/site.ts';

const fix =
  'Remove the header: `app.disable("x-powered-by")` in Express, `server_tokens off;` in nginx, `expose_php = Off` in PHP.';
const always = ['x-powered-by', 'x-aspnet-version', 'x-aspnetmvc-version', 'x-generator', 'x-powered-cms'];

export const check: Check = liveCheck({
  id: 'live/server-header',
  aspect: 'server/tokens',
  title: 'No header names the software of the server.',
  why: 'A name and a version tell an attacker which known vulnerabilities to try.',
  severity: 'low',
  cwe: [200],
  asvs: ['13.4.6'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const answers = allAnswers(site);
  const found = answers.flatMap((answer) =>
    namesIn(answer).map((one) => [`${one.name}: ${one.value}`, answer, one.name] as const),
  );
  const distinct = new Map(found.map((one) => [one[0], one]));
  if (distinct.size > 0)
    return [...distinct.values()]
      .slice(0, 20)
      .map(([text, answer, name]) =>
        fail(
          `The header ${name} names software.`,
          [shownReply(answer, name), { text: short(text, 200) }],
          fix,
        ),
      );
  const { lost, seen } = seenPages(site, fix);
  if (lost.length > 0) return lost;
  return [
    pass('No header of an answer that was looked at names software.', [
      ...seen.slice(0, 5).map((answer) => shownReply(answer, 'server', 'x-powered-by')),
      { text: `${answers.length} answers` },
    ]),
  ];
}

function namesIn(answer: Answer): readonly { readonly name: string; readonly value: string }[] {
  const named = always.flatMap((name) =>
    headerValues(answer, name)
      .filter((value) => value.trim() !== '')
      .map((value) => ({ name, value })),
  );
  const servers = headerValues(answer, 'server').flatMap((value) =>
    softwareIn(value) === undefined ? [] : [{ name: 'server', value }],
  );
  // `1.1 varnish` is a protocol and a name of the proxy's own; a version of software stands in brackets or after a slash.
  const vias = headerValues(answer, 'via').filter((value) =>
    /[a-z][\w.-]{0,50}\/\d/i.test(value.slice(0, 500).replaceAll(/\bhttps?\/\d(?:\.\d)?/gi, '')),
  );
  return [...named, ...servers, ...vias.map((value) => ({ name: 'via', value }))];
}
