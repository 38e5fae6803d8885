const first = 200;
const longest = 30_000;

/**
 * How many milliseconds to leave alone what has failed so many times in a row: twice as long each time, within bounds.
 * Shorter by up to a half, so that many processes do not come back together.
 */
export function pauseAfter(failures: number): number {
  return Math.min(first * 2 ** (failures - 1), longest) * (1 - Math.random() / 2);
}
