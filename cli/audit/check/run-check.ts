import type { Subject } from '../subject/subject.ts';
import type { Check } from './check.ts';
import { type Outcome, unknown } from './outcome.ts';

/**
 * Runs a check. One that throws, or that gives a verdict without evidence, is `unknown`: a mistake of the audit's own must never be a
 * pass, and never hide what other checks say.
 */
export async function runCheck(check: Check, subject: Subject): Promise<readonly Outcome[]> {
  try {
    return (await check.run(subject)).map((outcome) => withEvidence(outcome, check));
  } catch (error) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [
      unknown(
        `The check ${check.id} failed, which is a mistake of Bulwark.`,
        'Report the error below, with the file that causes it if you can tell.',
        [{ text: text.slice(0, 500) }],
      ),
    ];
  }
}

function withEvidence(outcome: Outcome, { id }: Check): Outcome {
  if (outcome.verdict === 'unknown' || outcome.evidence.length > 0) return outcome;
  return unknown(
    `The check ${id} gave a verdict without evidence, which is a mistake of Bulwark: ${outcome.summary}`,
    'Report it, with the file that causes it if you can tell.',
  );
}
