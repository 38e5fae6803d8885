/**
 * What the audit says of a line or of a part of it. `unknown` is never `pass`: nothing that was found is no evidence. `attested` is the
 * word of a person for what files cannot show, and adds nothing to the score.
 */
export type Verdict = 'pass' | 'fail' | 'unknown' | 'attested';

/** From the worst on: the first that occurs is the verdict of the whole. */
const worstFirst: readonly Verdict[] = ['fail', 'unknown', 'attested', 'pass'];

/** The worst of them; `unknown` if there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return worstFirst.find((one) => verdicts.includes(one)) ?? 'unknown';
}
