import type { EgressCase } from './egress-case.ts';
import { type FrontEnd, takes } from './front-ends/front-end.ts';
import { judge, type Verdict } from './judge.ts';
import { runCases } from './run-cases.ts';

export interface FrontEndResult {
  readonly frontEnd: FrontEnd;
  readonly cases: readonly EgressCase[];
  /** One for each case, in their order, and one for what came after the last. */
  readonly verdicts: readonly Verdict[];
}

/** Runs those of the cases that say anything about this front end. */
export async function runFrontEnd(frontEnd: FrontEnd, all: readonly EgressCase[]): Promise<FrontEndResult> {
  const cases = all.filter((one) => takes(frontEnd, one));
  const { runs } = await runCases(frontEnd.name, cases);
  const verdicts = runs.map((run, index): Verdict => {
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
  return { frontEnd, cases, verdicts };
}
