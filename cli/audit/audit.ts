import type { Check } from './check/check.ts';
import type { Outcome } from './check/outcome.ts';
import type { JudgedLine } from './line/judge-lines.ts';
import type { Stack } from './subject/stacks.ts';
import type { Verdict } from './verdict.ts';

/** What the audit of a project says. */
export interface Audit {
  /** The version of this program. */
  readonly version: string;
  /** The name of the project's folder. */
  readonly project: string;
  /** `2027-01-31` */
  readonly day: string;
  readonly stacks: readonly Stack[];
  /** How many files the project has. */
  readonly files: number;
  /** What could not be looked at, as sentences. */
  readonly gaps: readonly string[];
  /** The 21 lines of the checklist, in its order. */
  readonly lines: readonly JudgedLine[];
  readonly checks: readonly Check[];
  /** Outcomes that the baseline has. Their verdicts stay. */
  readonly known: ReadonlySet<Outcome>;
  /** The text of a file of the project. */
  readonly sources: (path: string) => string | undefined;
}

/** How many lines have each verdict. The score of an audit is those that pass, of all: what is skipped counts as unknown. */
export function countLines({ lines }: Pick<Audit, 'lines'>): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict): number => lines.filter((line) => line.verdict === verdict).length;
  return { pass: count('pass'), fail: count('fail'), unknown: count('unknown'), attested: count('attested') };
}

/** `7 of 21 lines pass; 3 fail, 10 are unknown, 1 is attested` */
export function summaryOf(audit: Pick<Audit, 'lines'>): string {
  const { pass, fail, unknown, attested } = countLines(audit);
  const others = [
    ...(fail > 0 ? [`${fail} ${fail === 1 ? 'fails' : 'fail'}`] : []),
    ...(unknown > 0 ? [`${unknown} ${unknown === 1 ? 'is' : 'are'} unknown`] : []),
    ...(attested > 0 ? [`${attested} ${attested === 1 ? 'is' : 'are'} attested`] : []),
  ];
  const passed = `${pass} of ${audit.lines.length} lines ${pass === 1 ? 'passes' : 'pass'}`;
  return others.length === 0 ? passed : `${passed}; ${others.join(', ')}`;
}
