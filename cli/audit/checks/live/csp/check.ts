/**
 * Looks at the policies of each page: in the header and in a `<meta>` of its head. It is judged by rules of our own and by Google's
 * csp_evaluator, as a browser of CSP level 3 reads it. Of several policies a page must satisfy each, so the strictest decides. The page is
 * asked for twice: a nonce that is the same both times protects nothing.
 *
 * ## Why
 * Where escaping was forgotten, a policy that stops inline scripts stops most injected scripts.
 *
 * ## Passes
 * Scripts are limited to named hosts, nonces or hashes on each page of HTML.
 *
 * ## Fails
 * A page has no policy, or one that only reports; it allows inline scripts (`'unsafe-inline'` without a nonce or hash), event handlers, any
 * host, or a host that is known to serve scripts that run any code; it has nonces and no `base-uri`; or its nonce never changes. `object-src`
 * may be missing, since browsers have no plugins any more.
 *
 * ## Unknown
 * A page had no answer, none of them is HTML, or the page was too long to be read to the end of its head.
 *
 * ## How to fix
 * ```text
 * Content-Security-Policy: script-src 'nonce-{random}' 'strict-dynamic'; object-src 'none'; base-uri 'none'
 * ```
 */

import { type Answer, headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { judgePages, type PageVerdict } from '../../../live/judge/judge-pages.ts';
import { mistakesOf, weaknessOf } from '../../../live/judge/judge-scripts.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { fixedNonces } from '../../../live/judge/page-nonces.ts';
import { policiesOf } from '../../../live/judge/page-policies.ts';
import type { Site } from '../../../live/site.ts';

export const check: Check = liveCheck({
  id: 'live/csp',
  aspect: 'csp/policy',
  title: 'Pages are sent with a policy that stops inline scripts.',
  why: 'A script that was injected into a page runs.',
  severity: 'medium',
  cwe: [1021, 79],
  asvs: ['3.4.3'],
  judge: (site) =>
    judgePages(site, {
      passes: 'Every page that was looked at has a policy that stops inline scripts.',
      fix: "Send with every page, with a new random nonce each time: `Content-Security-Policy: script-src 'nonce-{random}' 'strict-dynamic'; object-src 'none'; base-uri 'none'`",
      headers: ['content-security-policy'],
      isOfMarkup: true,
      judge: (answer) => judgeAnswer(answer, site),
    }),
});

function judgeAnswer(answer: Answer, site: Site): PageVerdict {
  const { inHeader, inMeta, texts } = policiesOf(answer);
  const policies = [...inHeader, ...inMeta];
  const evidence = texts.filter((text) => text.startsWith('<')).map((text) => ({ text: text.slice(0, 300) }));
  if (policies.length === 0) {
    if (answer.isCut && !/<body\b/i.test(answer.body))
      return { verdict: 'unknown', why: 'was too long to be read to the end of its head' };
    const reports = headerValues(answer, 'content-security-policy-report-only').length > 0;
    return {
      verdict: 'fail',
      why: reports ? 'has a policy that only reports' : 'has no Content-Security-Policy',
    };
  }
  const weaknesses = policies.map(weaknessOf);
  if (weaknesses.every((one) => one !== undefined))
    return { verdict: 'fail', why: `has a policy that ${weaknesses[0]}`, evidence };
  const fixed = fixedNonces(site, answer.url);
  const strong = policies.filter((_, index) => weaknesses[index] === undefined);
  const isFixed = strong.every((policy) => [...policy.values()].flat().some((source) => fixed.has(source)));
  if (isFixed) return { verdict: 'fail', why: 'has a policy whose nonce is the same each time', evidence };
  const mistakes = strong.flatMap(mistakesOf).map((text) => ({ text }));
  return { verdict: 'pass', why: 'has it', evidence: [...evidence, ...mistakes] };
}
