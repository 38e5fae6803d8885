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
 * that server does not do, the application behind it may; what both leave to the other, nobody does. What the running site was seen to do,
 * one of them does.
 */
function verdictOf(results: readonly CheckResult[]): Verdict {
  const counted = results.filter(({ check }) => check.weight !== 'note');
  const whole = counted.filter(
    (one) => one.check.weight === undefined && (!isOfSite(one) || showsWhole(one)),
  );
  const sites = whole.filter(isOfSite);
  const servers = whole.filter(isOfServer);
  const applications = whole.filter((one) => !isOfServer(one) && !isOfSite(one));
  const bySite = sites.length > 0 && sites.every(passes);
  const byServer = servers.some(passes);
  // A part of a server's configuration is not in the files, and may provide what the application lacks.
  const isUnseen = servers.some(({ outcomes }) =>
    outcomes.some(({ verdict, absent }) => verdict === 'unknown' && absent === 'perhaps'),
  );
  const byApplication = applications.length > 0 && applications.every(passes);
  const verdicts = counted.flatMap((result) => {
    const isProvided = isOfServer(result) ? byApplication : byServer;
    const isSeen = bySite && !isOfSite(result);
    return result.outcomes
      .filter((one) => !(one.absent && (isProvided || isSeen)) && !(isSeen && isOpen(one)))
      .map(({ verdict, absent }) =>
        verdict === 'fail' && absent === true && isUnseen && !isOfServer(result) ? 'unknown' : verdict,
      );
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

/** What a running site shows as it is. Of other aspects, its answers show a part: no answer tells what happens after log-in. */
const shownBySites: ReadonlySet<AspectId> = new Set<AspectId>([
  'https/redirect',
  'https/hsts',
  'csp/policy',
  'server/tokens',
]);

/** Whether a result is of the running site, and of an aspect that such a site shows as it is. */
export function showsWhole(result: CheckResult): boolean {
  return isOfSite(result) && shownBySites.has(result.check.aspect);
}

function isOpen({ verdict, isFinal }: Outcome): boolean {
  return verdict === 'unknown' && !isFinal;
}

/** Whether a result is of the running site. */
export function isOfSite({ check }: CheckResult): boolean {
  return check.id.startsWith('live/');
}

/** Whether a result is of a server in front of applications. */
export function isOfServer({ check }: CheckResult): boolean {
  return check.id.startsWith('server/');
}

/** Whether a result is a pass and nothing else. */
export function passes({ outcomes }: CheckResult): boolean {
  return outcomes.every(({ verdict }) => verdict === 'pass');
}
