import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A full collection, so that no contender pays for the garbage of the one before it. */
export function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Each is measured once a round, and starts as often early as late. */
export async function inTurns<T>(
  rounds: number,
  measured: readonly T[],
  measure: (one: T, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const one of round % 2 === 0 ? measured : [...measured].reverse()) await measure(one, round);
  }
}

/** What one process does in a number of calls. */
export interface Sample {
  /** User and system time, in microseconds a call. */
  readonly us: number;
  readonly perSecond: number;
}

export type Call = (index: number) => Promise<unknown>;

/** Makes so many calls, as many at once as there are `lanes`. */
export async function sample(count: number, lanes: number, call: Call): Promise<Sample> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await call(next++);
  };
  const before = process.cpuUsage();
  const started = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  return { us: (user + system) / count, perSecond: (count * 1_000) / milliseconds };
}

const slice = 50;
/** Not measured: young space is small after a collection, and grows within the first of them. */
const unmeasured = 4;

/**
 * Both in slices of some milliseconds, in turns, so that what else the machine does meets them alike. Which comes first
 * is drawn: a collection of young objects comes after a fixed number of calls, and would meet the same one each time.
 */
export async function samplePair(
  count: number,
  lanes: number,
  calls: readonly [Call, Call],
  random: () => number,
): Promise<[Sample, Sample]> {
  const slices: [Sample[], Sample[]] = [[], []];
  const size = Math.min(slice, count);
  const turns = Math.ceil(count / size);
  for (let turn = -unmeasured; turn < turns; turn++) {
    const first = random() < 0.5 ? 0 : 1;
    for (const which of [first, 1 - first] as const) {
      const offset = (turn + unmeasured) * size;
      const taken = await sample(size, lanes, (i) => calls[which as 0 | 1](offset + i));
      if (turn >= 0) slices[which as 0 | 1].push(taken);
    }
  }
  return [together(slices[0]), together(slices[1])];
}

/** Of slices of one size. */
function together(slices: readonly Sample[]): Sample {
  const mean = (of: (sample: Sample) => number): number =>
    slices.reduce((sum, one) => sum + of(one), 0) / slices.length;
  return { us: mean(({ us }) => us), perSecond: 1 / mean(({ perSecond }) => 1 / perSecond) };
}
