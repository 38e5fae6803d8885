import type { Check } from '../check/check.ts';
import type { Outcome } from '../check/outcome.ts';
import { type Verdict, worst } from '../verdict.ts';
import { type AspectId, type Line, type LineId, lines } from './lines.ts';

/** What a check said, or failed to say. */
export interface CheckResult {
  readonly check: Check;
  readonly outcomes: readonly Outcome[];
}

export interface Attested {
  readonly aspect: AspectId;
  /** A role, never a name. */
  readonly by: string;
  /** The last day on which it counts: `2027-06-30`. */
  readonly until: string;
  readonly statement: string;
}

export interface JudgedAspect {
  readonly id: AspectId;
  readonly verdict: Verdict;
  readonly results: readonly CheckResult[];
  readonly attested?: Attested;
}

export interface JudgedLine {
  readonly id: LineId;
  readonly line: Line;
  readonly verdict: Verdict;
  readonly aspects: readonly JudgedAspect[];
}

/** The worst verdict wins, of the outcomes of an aspect and of the aspects of a line. What is attested replaces only `unknown`. */
export function judgeLines(
  results: readonly CheckResult[],
  attested: readonly Attested[],
): readonly JudgedLine[] {
  return Object.entries<Line>(lines).map(([id, line]) => {
    const aspects = Object.keys(line.aspects).map((name) =>
      judgeAspect(`${id}/${name}` as AspectId, results, attested),
    );
    return {
      id: id as LineId,
      line,
      verdict: worst(aspects.map(({ verdict }) => verdict)),
      aspects,
    };
  });
}

function judgeAspect(
  id: AspectId,
  all: readonly CheckResult[],
  attestations: readonly Attested[],
): JudgedAspect {
  const results = all.filter(({ check, outcomes }) => check.aspect === id && outcomes.length > 0);
  const verdict = verdictOf(results);
  const attested = attestations.find(({ aspect }) => aspect === id);
  if (attested === undefined || verdict !== 'unknown') return { id, verdict, results };
  return { id, verdict: 'attested', results, attested };
}

/**
 * Notes decide nothing, and checks of a part pass nothing by themselves. What an application lacks, a server in front may provide, and what
 * that server does not do, the application behind it may; what both leave to the other, nobody does.
 */
function verdictOf(results: readonly CheckResult[]): Verdict {
  const counted = results.filter(({ check }) => check.weight !== 'note');
  const whole = counted.filter(({ check }) => check.weight === undefined);
  const servers = whole.filter(isOfServer);
  const applications = whole.filter((one) => !isOfServer(one));
  const byServer = servers.some(passes);
  const byApplication = applications.length > 0 && applications.every(passes);
  const verdicts = counted.flatMap((result) => {
    const isProvided = isOfServer(result) ? byApplication : byServer;
    return result.outcomes.filter((one) => !(isProvided && one.absent)).map(({ verdict }) => verdict);
  });
  const verdict = worst(verdicts);
  if (verdict === 'unknown' && isMissing(servers) && isMissing(applications)) return 'fail';
  return verdict === 'pass' && whole.length === 0 ? 'unknown' : verdict;
}

/** Whether one side was seen whole, and does not provide it: if the other does not either, nobody does. */
function isMissing(results: readonly CheckResult[]): boolean {
  const lacking = results.flatMap(({ outcomes }) => outcomes).filter((one) => one.verdict !== 'pass');
  return lacking.length > 0 && lacking.every((one) => one.absent === true);
}

/** Whether a result is of a server in front of applications. */
export function isOfServer({ check }: CheckResult): boolean {
  return check.id.startsWith('server/');
}

/** Whether a result is a pass and nothing else. */
export function passes({ outcomes }: CheckResult): boolean {
  return outcomes.every(({ verdict }) => verdict === 'pass');
}
