export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 95 % interval of a share, after Wilson (1927). It also holds for small samples and for shares near 0 and 1. */
export function wilson(hits: number, all: number): Interval {
  if (all === 0) return { low: 0, high: 1 };
  const z = 1.96;
  const share = hits / all;
  const middle = share + z ** 2 / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2));
  const scale = 1 + z ** 2 / all;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
