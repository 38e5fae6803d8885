/** When a delivery that failed is tried again, in milliseconds from now; undefined where it is given up. */
export function nextAttempt({ attempts, random, retryAfterMs = 0 }: FailedDelivery): number | undefined {
  const delay = delays[attempts - 1];
  if (delay === undefined) return undefined;
  // Between 80 % and 120 %, so that what failed together does not come back together.
  return Math.round(Math.max(delay * (0.8 + 0.4 * random), Math.min(retryAfterMs, longest)));
}

export interface FailedDelivery {
  /** How many there have been, the failed one included: 1 or more. */
  readonly attempts: number;
  /** From `Math.random()`. It comes as an argument so that the same failure gives the same delay in a test. */
  readonly random: number;
  /** What the receiver asked for, if it did. No receiver can ask for more than a day. */
  readonly retryAfterMs?: number;
}

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
const longest = 24 * hour;

/** The schedule of Standard Webhooks 1.0.0, after the first attempt: ten attempts in a little over three days. */
const delays: readonly number[] = Object.freeze([
  ...[5 * second, 5 * minute, 30 * minute],
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
]);
