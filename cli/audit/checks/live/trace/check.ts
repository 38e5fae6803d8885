/**
 * Looks at the header `Allow` of answers to OPTIONS. The method TRACE itself is not sent.
 *
 * ## Why
 * TRACE sends a request back as it came, with headers that a proxy added and that nobody was to see.
 *
 * ## Passes
 * `Allow` lists the methods, and TRACE is not among them.
 *
 * ## Fails
 * `Allow` lists TRACE or TRACK.
 *
 * ## Unknown
 * No answer lists methods.
 *
 * ## How to fix
 * ```apache
 * TraceEnable off
 * ```
 */

import { headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { distinctEvidence } from '../../../live/judge/judge-pages.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { shownReply } from '../../../live/judge/shown.ts';
import type { Site } from '../../../live/site.ts';

const fix = 'Switch the method off: `TraceEnable off` in Apache.';

export const check: Check = liveCheck({
  id: 'live/trace',
  aspect: 'server/hardening',
  title: 'The method TRACE is not allowed.',
  why: 'TRACE sends a request back with headers that a proxy added.',
  weight: 'note',
  severity: 'low',
  cwe: [693],
  asvs: ['13.4.4'],
  judge,
});

function judge(site: Site): readonly Outcome[] {
  const replies = site.cors.filter(({ method }) => method === 'OPTIONS').map(({ reply }) => reply);
  const answers = replies.flatMap((reply) => (reply.kind === 'answer' ? [reply] : []));
  const listing = answers.filter((answer) => headerValues(answer, 'allow').join('').trim() !== '');
  const evidence = distinctEvidence(
    (listing.length > 0 ? listing : replies).map((reply) => shownReply(reply, 'allow')),
  ).slice(0, 5);
  const methods = listing.flatMap((answer) => headerValues(answer, 'allow').join(',').split(','));
  if (methods.some((method) => /^\s*(?:trace|track)\s*$/i.test(method)))
    return [fail('The site allows the method TRACE.', evidence, fix)];
  if (listing.length === 0)
    return [
      unknown(
        'The site lists no methods that it allows.',
        'Try it: `curl -i -X TRACE` with the URL.',
        evidence,
      ),
    ];
  return [pass('The site lists the methods that it allows, and TRACE is none of them.', evidence)];
}
