import { createHash } from 'node:crypto';
import type { Check } from '../check/check.ts';
import type { Outcome } from '../check/outcome.ts';
import type { JudgedAspect, JudgedLine } from '../line/judge-lines.ts';
import type { AspectId } from '../line/lines.ts';

/** One thing that keeps a line from passing. */
export interface Issue {
  readonly verdict: 'fail' | 'unknown';
  readonly aspect: AspectId;
  /** The check that says so; `audit/no-evidence` where none shows that the aspect passes. */
  readonly check: string;
  readonly outcome?: Outcome;
  /** Of the first evidence that has a place; empty if none has. */
  readonly path: string;
  /** Stays the same when lines move. Equal issues have equal keys. */
  readonly key: string;
}

/** What is attested, and what passes, is no issue. */
export function issuesOf(lines: readonly JudgedLine[]): readonly Issue[] {
  return lines.flatMap(({ aspects }) => aspects.flatMap(ofAspect));
}

function ofAspect({ id, verdict, results }: JudgedAspect): Issue[] {
  if (verdict === 'pass' || verdict === 'attested') return [];
  const issues = results
    .filter(({ check }) => check.weight !== 'note')
    .flatMap(({ check, outcomes }) => outcomes.flatMap((outcome) => ofOutcome(id, check, outcome)))
    // What fails in an aspect that does not is provided by a server in front.
    .filter((issue) => issue.verdict === 'unknown' || verdict === 'fail');
  if (issues.length > 0) return issues;
  const check = 'audit/no-evidence';
  return [{ verdict: 'unknown', aspect: id, check, path: '', key: keyOf(check, id) }];
}

function ofOutcome(aspect: AspectId, check: Check, outcome: Outcome): Issue[] {
  const { verdict, summary, evidence } = outcome;
  if (verdict === 'pass') return [];
  const path = evidence.find((one) => one.path !== undefined)?.path ?? '';
  return [
    { verdict, aspect, check: check.id, outcome, path, key: keyOf(check.id, aspect, verdict, summary, path) },
  ];
}

function keyOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
