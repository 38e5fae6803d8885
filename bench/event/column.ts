import { median, mulberry32 } from '../interval.ts';

const resamples = 4_000;

/** The median, and its 95 % interval by resampling. The same values give the same interval: the seed is fixed. */
function intervalOf(values: readonly number[]): { median: number; low: number; high: number } {
  const random = mulberry32(1);
  const medians = Array.from({ length: resamples }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)] as number)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => medians[Math.floor(share * (resamples - 1))] as number;
  return { median: median(values), low: at(0.025), high: at(0.975) };
}

/** `17.5 (16.9 to 18.2)`, as wide as a column is. */
export function column(values: readonly number[], digits: number): string {
  const interval = intervalOf(values);
  const text = (value: number): string => value.toFixed(digits);
  return `${text(interval.median).padStart(7)} (${text(interval.low)} to ${text(interval.high)})`.padEnd(25);
}
