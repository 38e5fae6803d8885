/**
 * Looks at `Referrer-Policy` of each page, and at `<meta name="referrer">`, which replaces it. Of several values the last one that
 * browsers know counts.
 *
 * ## Why
 * A browser tells other sites the address of the page that a link was on. That of a link to reset a password is a secret. Current
 * browsers send other sites only the origin by default, older ones and some embedded ones the whole address.
 *
 * ## Passes
 * The policy is `no-referrer`, `same-origin`, `strict-origin` or `strict-origin-when-cross-origin`.
 *
 * ## Fails
 * There is none, browsers do not know its value, or it is `unsafe-url`, `no-referrer-when-downgrade`, `origin` or
 * `origin-when-cross-origin`, which send addresses or origins to sites without https too.
 *
 * ## Unknown
 * A page had no answer, or none of them is HTML.
 *
 * ## How to fix
 * ```text
 * Referrer-Policy: strict-origin-when-cross-origin
 * ```
 */

import { type Answer, headerValues } from '../../../../target/http/reply.ts';
import type { Check } from '../../../check/check.ts';
import { judgePages, type PageVerdict } from '../../../live/judge/judge-pages.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { headOf } from '../../../live/judge/page-policies.ts';

const header = 'referrer-policy';
const safe = ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'];
const unsafe = ['unsafe-url', 'no-referrer-when-downgrade', 'origin', 'origin-when-cross-origin'];
/** HTML, "meta referrer": names of before. */
const former: Readonly<Record<string, string>> = {
  never: 'no-referrer',
  default: 'strict-origin-when-cross-origin',
  always: 'unsafe-url',
  'origin-when-crossorigin': 'origin-when-cross-origin',
};

export const check: Check = liveCheck({
  id: 'live/referrer-policy',
  aspect: 'server/hardening',
  title: 'Pages are sent with a referrer policy that hides their addresses from other sites.',
  why: 'The address of a page, with what is secret in it, is told to other sites.',
  weight: 'note',
  severity: 'low',
  cwe: [200],
  asvs: ['3.4.5'],
  judge: (site) =>
    judgePages(site, {
      passes: 'Every page that was looked at hides its address from other sites.',
      fix: 'Send with every page: `Referrer-Policy: strict-origin-when-cross-origin`',
      headers: [header],
      isOfMarkup: true,
      judge: judgeAnswer,
    }),
});

function judgeAnswer(answer: Answer): PageVerdict {
  const sent = headerValues(answer, header).join(',').split(',').map(clean);
  const metas = headOf(answer).flatMap(({ tag, attributes }) => {
    const isPolicy = tag === 'meta' && clean(attributes.get('name') ?? '') === 'referrer';
    return isPolicy ? [clean(attributes.get('content') ?? '')].map((one) => former[one] ?? one) : [];
  });
  const given = [...sent, ...metas].filter((one) => one !== '');
  const evidence = metas.map((text) => ({ text: `<meta name="referrer" content="${text.slice(0, 80)}">` }));
  const policy = given.findLast((one) => safe.includes(one) || unsafe.includes(one));
  if (policy === undefined) {
    const why =
      given.length === 0
        ? 'is sent without a referrer policy'
        : 'has a referrer policy that browsers do not know';
    return { verdict: 'fail', why, evidence };
  }
  return safe.includes(policy)
    ? { verdict: 'pass', why: 'has it', evidence }
    : { verdict: 'fail', why: `has the referrer policy \`${policy}\``, evidence };
}

function clean(text: string): string {
  return text.trim().toLowerCase();
}
