import type { Subject } from '../subject/subject.ts';
import type { Check } from './check.ts';
import { type Outcome, unknown } from './outcome.ts';

/**
 * Runs a check. One that throws, or that gives a verdict without evidence, is `unknown`: a mistake of the audit's own must never be a
 * pass, and never hide what other checks say.
 */
export async function runCheck(check: Check, subject: Subject): Promise<readonly Outcome[]> {
  try {
    return bounded((await check.run(subject)).map((outcome) => withEvidence(outcome, check)));
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const failed = unknown(
      `The check ${check.id} failed, which is a mistake of Bulwark.`,
      'Report the error below, with the file that causes it if you can tell.',
      [{ text: text.slice(0, 500) }],
    );
    return [{ ...failed, isFinal: true }];
  }
}

const most = 500;

/** The worst of very many outcomes, and one that stands for the others: a report must end, and the verdict must stay. */
function bounded(outcomes: readonly Outcome[]): readonly Outcome[] {
  if (outcomes.length <= most) return outcomes;
  const sorted = (['fail', 'unknown', 'pass'] as const).flatMap((verdict) =>
    outcomes.filter((one) => one.verdict === verdict),
  );
  const [next] = sorted.slice(most);
  if (next === undefined) return sorted;
  const rest = {
    ...next,
    summary: `${sorted.length - most} more were left out, of which this is one: ${next.summary}`,
  };
  return [...sorted.slice(0, most), rest];
}

function withEvidence(outcome: Outcome, { id }: Check): Outcome {
  if (outcome.verdict === 'unknown' || outcome.evidence.length > 0) return outcome;
  const unproven = unknown(
    `The check ${id} gave a verdict without evidence, which is a mistake of Bulwark: ${outcome.summary}`,
    'Report it, with the file that causes it if you can tell.',
  );
  return { ...unproven, isFinal: true };
}
