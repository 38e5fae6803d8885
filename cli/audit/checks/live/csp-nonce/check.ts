/**
 * Looks at the nonces of the policy of each page, which is asked for twice. Pages whose policy has none are not judged.
 *
 * ## Why
 * Who knows the nonce can inject a script that runs: it must be random, and new for each answer. One that was built into a page or is kept
 * in a cache is neither.
 *
 * ## Passes
 * Each answer has another nonce, of at least 16 characters, and the two have nothing in common.
 *
 * ## Fails
 * The nonce is the same twice, is shorter, or most of it is: it counts up, or is the time of day.
 *
 * ## Unknown
 * The page had no second answer.
 *
 * ## How to fix
 * ```js
 * const nonce = crypto.randomBytes(16).toString('base64'); // for each answer
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { leastLength, nonceFault } from '../../../live/judge/judge-nonces.ts';
import { liveCheck } from '../../../live/judge/live-check.ts';
import { answersOf, isHtml } from '../../../live/judge/page-answers.ts';
import { nonceSources } from '../../../live/judge/page-nonces.ts';
import { pathOf, short, shownReply } from '../../../live/judge/shown.ts';
import type { Page } from '../../../live/site.ts';

const fix = "Make a nonce of 16 random bytes for each answer: `crypto.randomBytes(16).toString('base64')`";

export const check: Check = liveCheck({
  id: 'live/csp-nonce',
  aspect: 'csp/policy',
  title: 'The nonce of the policy is random, and new for each answer.',
  why: 'Who knows the nonce can inject a script that runs.',
  weight: 'part',
  severity: 'high',
  cwe: [330, 79],
  asvs: ['3.4.3'],
  judge: ({ pages }) => pages.flatMap(judgePage),
});

function judgePage(page: Page): readonly Outcome[] {
  const answers = answersOf(page).filter(isHtml);
  const [first = [], second] = answers.map(nonceSources);
  if (first.length === 0 && (second?.length ?? 0) === 0) return [];
  const where = pathOf(page.url);
  const evidence = [...first, ...(second ?? [])].map((source) => ({ text: short(source, 100) })).slice(0, 10);
  const all = [...evidence, ...answers.map((answer) => shownReply(answer))];
  if (second === undefined)
    return [
      unknown(`The page ${where} was seen once only, so that its nonce could be an old one.`, fix, all),
    ];
  const fault = nonceFault(first, second);
  return fault === undefined
    ? [pass(`The page ${where} has a new nonce each time.`, all)]
    : [fail(`The page ${where} has ${faults[fault]}.`, all, fix)];
}

const faults = {
  same: 'the same nonce each time',
  short: `a nonce of less than ${leastLength} characters`,
  alike: 'a nonce that can be guessed: most of it is the same each time',
} as const;
