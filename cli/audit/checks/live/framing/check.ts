/**
 * Looks at who may show a page in a frame: `frame-ancestors` of the policy in the header, or else `X-Frame-Options`. Where both are
 * there, browsers ignore the second. They ignore `frame-ancestors` in `<meta>` and in a policy that only reports.
 *
 * ## Why
 * A page in an invisible frame of another site takes clicks that were meant for that site.
 *
 * ## Passes
 * Each page has `frame-ancestors` with `'none'`, `'self'` or named hosts, or `X-Frame-Options` with `DENY` or `SAMEORIGIN`.
 *
 * ## Fails
 * It has neither; `frame-ancestors` allows any host; or `X-Frame-Options` has a value that browsers ignore, such as `ALLOW-FROM`.
 *
 * ## Unknown
 * A page had no answer, or none of them is HTML.
 *
 * ## How to fix
 * ```text
 * Content-Security-Policy: frame-ancestors 'self'
 * ```
 */

import { type Answer, headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { judgePages, type PageVerdict } from '../../../live/judge/judge-pages.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { policiesOf } from '../../../live/judge/page-policies.ts';

const header = 'x-frame-options';

export const check: Check = liveCheck({
  id: 'live/framing',
  aspect: 'server/hardening',
  title: 'Pages cannot be framed by any site.',
  why: 'A page in an invisible frame of another site takes clicks that were meant for that site.',
  weight: 'part',
  severity: 'medium',
  cwe: [1021],
  asvs: ['3.4.6'],
  judge: (site) =>
    judgePages(site, {
      passes: 'Every page that was looked at says who may frame it.',
      fix: "Send with every page: `Content-Security-Policy: frame-ancestors 'self'`",
      headers: ['content-security-policy', header],
      isOfMarkup: true,
      judge: judgeAnswer,
    }),
});

function judgeAnswer(answer: Answer): PageVerdict {
  const { inHeader, inMeta } = policiesOf(answer);
  const lists = inHeader.flatMap((policy) => {
    const sources = policy.get('frame-ancestors');
    return sources === undefined ? [] : [sources];
  });
  if (lists.length > 0) {
    return lists.every((sources) => sources.some(isAnyHost))
      ? { verdict: 'fail', why: 'allows every site to frame it, by `frame-ancestors`' }
      : { verdict: 'pass', why: 'has frame-ancestors' };
  }
  const values = new Set(
    headerValues(answer, header)
      .join(',')
      .split(',')
      .map((value) => value.trim().toLowerCase())
      .filter((value) => value !== ''),
  );
  // HTML, "check a navigation response's adherence to X-Frame-Options": values that disagree refuse every frame.
  const isConflict = values.size > 1 && ['deny', 'sameorigin', 'allowall'].some((value) => values.has(value));
  if (isConflict || (values.size === 1 && (values.has('deny') || values.has('sameorigin'))))
    return { verdict: 'pass', why: 'has X-Frame-Options' };
  if (values.size > 0)
    return { verdict: 'fail', why: 'has an X-Frame-Options that browsers ignore, and no `frame-ancestors`' };
  const isInMeta = inMeta.length > 0 && /frame-ancestors/i.test(answer.body);
  return {
    verdict: 'fail',
    why: isInMeta
      ? 'has `frame-ancestors` in a `<meta>`, where browsers ignore it, and no X-Frame-Options'
      : 'has neither `frame-ancestors` nor X-Frame-Options',
  };
}

/** Whether a source lets any host frame a page. */
function isAnyHost(source: string): boolean {
  return /^(?:\*|(?:https?|wss?|data|blob):|(?:https?:\/\/)?\*(?::\*)?)$/i.test(source);
}
