import type { EgressCase } from './egress-case.ts';
import { type FrontEnd, takes } from './front-ends/front-end.ts';
import { judge, type Verdict } from './judge.ts';
import { runCases } from './run-cases.ts';
import type { CaseRun } from './sealed-cases.ts';

export interface FrontEndResult {
  readonly frontEnd: FrontEnd;
  readonly cases: readonly EgressCase[];
  /** One for each case, in their order, and one for what came after the last. */
  readonly verdicts: readonly Verdict[];
}

/** Runs those of the cases that say anything about this front end. */
export async function runFrontEnd(frontEnd: FrontEnd, all: readonly EgressCase[]): Promise<FrontEndResult> {
  const [result] = await runFrontEnds([frontEnd], all);
  if (!result) throw new Error(`${frontEnd.name} has no result.`);
  return result;
}

/** The same for several in one sealed network, one after the other: its start takes longer than a front end's cases. */
export async function runFrontEnds(
  frontEnds: readonly FrontEnd[],
  all: readonly EgressCase[],
): Promise<readonly FrontEndResult[]> {
  const plans = frontEnds.map((frontEnd) => ({
    frontEnd,
    cases: all.filter((one) => takes(frontEnd, one)),
  }));
  const { runs } = await runCases(plans.map(({ frontEnd, cases }) => ({ frontEnd: frontEnd.name, cases })));
  return plans.map((plan, index) => ({ ...plan, verdicts: verdictsOf(plan.cases, runs[index] ?? []) }));
}

function verdictsOf(cases: readonly EgressCase[], runs: readonly CaseRun[]): readonly Verdict[] {
  return runs.map((run, index): Verdict => {
    const one = cases[index];
    if (one) return judge(one, run);
    // Nothing is under way any more: whoever still comes was not waited for.
    const late = run.contacts.map(({ address, port }) => `contacted ${address} port ${port}`);
    return {
      name: run.name,
      faults: [
        ...(late.length > 0 ? (['reached'] as const) : []),
        ...(run.uncaught.length > 0 ? (['uncaught'] as const) : []),
      ],
      reasons: [...late, ...run.uncaught],
    };
  });
}
