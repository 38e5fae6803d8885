/**
 * Looks at `X-Content-Type-Options` of each page. Of several values the first one counts, as browsers read it (Fetch standard).
 *
 * ## Why
 * Without it a browser may run an upload or an answer of an API as a script, whatever type it is sent with.
 *
 * ## Passes
 * Each page is sent with `nosniff`.
 *
 * ## Fails
 * The header is missing, or its first value is another one.
 *
 * ## Unknown
 * A page had no answer.
 *
 * ## How to fix
 * ```text
 * X-Content-Type-Options: nosniff
 * ```
 */

import { type Answer, headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { judgePages, type PageVerdict } from '../../../live/judge/judge-pages.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';

const header = 'x-content-type-options';

export const check: Check = liveCheck({
  id: 'live/nosniff',
  aspect: 'server/hardening',
  title: 'Pages are sent with `X-Content-Type-Options: nosniff`.',
  why: 'A browser may run what is no script as one.',
  weight: 'part',
  severity: 'low',
  cwe: [430],
  asvs: ['3.4.4'],
  judge: (site) =>
    judgePages(site, {
      passes: 'Every page that was looked at is sent with `nosniff`.',
      fix: 'Send with every answer: `X-Content-Type-Options: nosniff`',
      headers: [header],
      judge: judgeAnswer,
    }),
});

function judgeAnswer(answer: Answer): PageVerdict {
  const values = headerValues(answer, header);
  if (values.length === 0) return { verdict: 'fail', why: 'is sent without X-Content-Type-Options' };
  const first = values.join(',').split(',')[0]?.trim().toLowerCase();
  return first === 'nosniff'
    ? { verdict: 'pass', why: 'has it' }
    : { verdict: 'fail', why: 'has an X-Content-Type-Options that browsers ignore' };
}
