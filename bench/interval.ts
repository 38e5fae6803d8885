/** A ratio over paired rounds: its median, and the 95 % interval of that median by resampling. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 4_000;

/** The same rounds give the same interval: the generator has a fixed seed. */
export function ratioOf(guarded: readonly number[], bare: readonly number[]): Ratio {
  const ratios = guarded.map((value, round) => value / (bare[round] as number));
  const random = mulberry32(1);
  const medians = Array.from({ length: resamples }, () =>
    median(ratios.map(() => ratios[Math.floor(random() * ratios.length)] as number)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => medians[Math.floor(share * (resamples - 1))] as number;
  return { median: median(ratios), low: at(0.025), high: at(0.975) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Tommy Ettinger's generator of 32 bits: small, and good enough to draw rounds. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
