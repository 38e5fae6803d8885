import { mulberry32 } from '../interval.ts';

/**
 * Draws without replacement, each element as likely as the others. The same seed draws the same.
 *
 * @returns at most `size` elements, in their old order
 */
export function drawn<T>(all: readonly T[], size: number, seed: number): T[] {
  const random = mulberry32(seed);
  const order = all.map((_, index) => index);
  for (let at = 0; at < Math.min(size, order.length); at++) {
    const other = at + Math.floor(random() * (order.length - at));
    const kept = order[at] as number;
    order[at] = order[other] as number;
    order[other] = kept;
  }
  return order
    .slice(0, size)
    .sort((a, b) => a - b)
    .map((index) => all[index] as T);
}
