import { basename } from 'node:path';
import type { Attestation } from './attest/attestation.ts';
import { isExpired, lapsed } from './attest/lapsed.ts';
import type { Audit } from './audit.ts';
import type { Check } from './check/check.ts';
import { unknown } from './check/outcome.ts';
import { runCheck } from './check/run-check.ts';
import { type Choice, chooseChecks } from './choose-checks.ts';
import { type CheckResult, judgeLines } from './line/judge-lines.ts';
import { unjudgedStacks } from './line/unjudged-stacks.ts';
import { unseenApplications } from './line/unseen-applications.ts';
import type { Subject } from './subject/subject.ts';

export interface AuditRun extends Choice {
  readonly version: string;
  readonly checks: readonly Check[];
  readonly attestations: readonly Attestation[];
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Runs the checks on a project, and judges the lines.
 *
 * @throws {AuditMistake} for `only` or `skip` that name nothing
 */
export async function runAudit(subject: Subject, run: AuditRun): Promise<Audit> {
  const { checks, attestations, progress } = run;
  const skipped = chooseChecks(checks, run);
  const results: CheckResult[] = [];
  for (const [index, check] of checks.entries()) {
    progress?.(index, checks.length);
    const option = skipped.get(check);
    const outcomes = option === undefined ? await runCheck(check, subject) : [skippedOutcome(check, option)];
    if (outcomes.length > 0) results.push({ check, outcomes });
  }
  progress?.(checks.length, checks.length);
  results.push(...unjudgedStacks(results, subject.stacks));
  results.push(...unseenApplications(results, subject.stacks));
  // Who skips a check that would fail must not be able to attest its aspect instead.
  const hidden = new Set([...skipped.keys()].map(({ aspect }) => aspect));
  const counted = attestations.filter((one) => !isExpired(one, subject.today) && !hidden.has(one.aspect));
  const expired = attestations.filter((one) => isExpired(one, subject.today));
  // What files pass or fail needs no attestation.
  const open = new Set(
    judgeLines(results, []).flatMap(({ aspects }) =>
      aspects.flatMap((one) => (one.verdict === 'unknown' ? one.id : [])),
    ),
  );
  const late = expired.filter(({ aspect }) => open.has(aspect)).map(lapsed);
  return {
    version: run.version,
    project: basename(subject.root),
    day: subject.today,
    stacks: subject.stacks,
    files: subject.paths.length,
    gaps: [...subject.gaps, ...(subject.site?.gaps ?? [])],
    lines: judgeLines([...results, ...late], counted),
    checks,
    known: new Set(),
    sources: subject.read,
  };
}

function skippedOutcome({ id }: Check, option: string): ReturnType<typeof unknown> {
  const left = unknown(`The check ${id} was left out by ${option}.`, `Run the audit without ${option}.`);
  return { ...left, isFinal: true };
}
