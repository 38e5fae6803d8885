import type { Answer } from '../../../target/http/reply.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../check/outcome.ts';
import type { Site } from '../site.ts';
import { isHtml, seenPages } from './page-answers.ts';
import { pathOf, shownReply } from './shown.ts';

export interface PageRule {
  /** A sentence for when all pages pass. How many there are is added. */
  readonly passes: string;
  readonly fix: string;
  /** Shown as evidence. */
  readonly headers: readonly string[];
  /** Only what browsers render as a page is judged. */
  readonly isOfMarkup?: true;
  /** `why` follows `The page /`: `sends no Referrer-Policy`. Undefined where the rule does not apply. */
  judge(answer: Answer): PageVerdict | undefined;
}

export interface PageVerdict {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly why: string;
  readonly evidence?: readonly Evidence[];
}

/** Judges each page as it was answered twice. It passes if all that was asked for was seen, and all passes. */
export function judgePages(site: Site, rule: PageRule): readonly Outcome[] {
  const { fix, passes } = rule;
  const { seen, lost } = seenPages(site, fix);
  const pages = rule.isOfMarkup ? seen.filter(isHtml) : seen;
  if (pages.length === 0 && lost.length === 0)
    return [
      unknown(
        'None of the answers that were looked at is a page of HTML.',
        `Give the URL of a page. ${fix}`,
        seen.slice(0, 5).map((answer) => shownReply(answer, 'content-type')),
      ),
    ];
  const judged = pages.flatMap((answer) => {
    const verdict = rule.judge(answer);
    return verdict === undefined ? [] : [{ answer, ...verdict }];
  });
  const worse = judged.filter(({ verdict }) => verdict !== 'pass');
  const outcomes = worse.map(({ answer, verdict, why, evidence = [] }) =>
    (verdict === 'fail' ? failed : open)(
      `The page ${pathOf(answer.url)} ${why}.`,
      [shownReply(answer, ...rule.headers), ...evidence],
      fix,
    ),
  );
  if (outcomes.length > 0 || lost.length > 0) return [...distinct(outcomes), ...lost];
  if (judged.length === 0) return [];
  const evidence = judged.flatMap((one) => [
    shownReply(one.answer, ...rule.headers),
    ...(one.evidence ?? []),
  ]);
  return [pass(passes, distinctEvidence(evidence).slice(0, 20))];
}

const failed = fail;
function open(summary: string, evidence: readonly Evidence[], fix: string): Outcome {
  return unknown(summary, fix, evidence);
}

/** Both visits mostly say the same. */
function distinct(outcomes: readonly Outcome[]): readonly Outcome[] {
  return [...new Map(outcomes.map((one) => [`${one.verdict} ${one.summary}`, one])).values()];
}

export function distinctEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((one) => [one.text, one])).values()];
}
