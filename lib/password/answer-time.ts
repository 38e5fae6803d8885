/**
 * When failed log-ins are answered. Formats differ in cost, so that the time of an answer would say which one a user
 * has, and whether there is a user at all (CWE-208). Once another format than the current one is known, every
 * failure is answered as late as the slowest would be.
 */
export interface AnswerTime {
  /** Says that hashes of this format exist. True where that is news. */
  expect(format: string): boolean;
  /** Tells how long one took. */
  learn(format: string, ms: number): void;
  /** Resolves when a failure that was started at this time may be answered. */
  settle(startedAt: number): Promise<void>;
}

/** Slower runs of the slowest format still fit. */
const margin = 1.25;
/** Times move in steps, and down only by several at once: a time that moves with each measurement would tell of it. */
const step = 1.25;
const firstMs = 10;
/** On a machine that is overloaded, one that takes longer is late. Holding all of them as long would make that worse. */
const mostTimesFastest = 4;
/** No answer is held longer. */
const mostMs = 5_000;
const mostFormats = 64;

interface Durations {
  /** Up at once, down slowly. */
  readonly slowest: number;
  readonly fastest: number;
}

export function answerTime(): AnswerTime {
  const known = new Map<string, Durations>();
  let heldMs = firstMs;

  function moved(): number {
    const needs = [...known.values()].map(({ slowest, fastest }) =>
      Math.min(slowest * margin, fastest * mostTimesFastest, mostMs),
    );
    const neededMs = Math.max(...needs);
    if (neededMs < heldMs / 2) heldMs = firstMs;
    while (heldMs < neededMs) heldMs *= step;
    return heldMs;
  }

  return {
    expect(format) {
      if (known.has(format) || known.size >= mostFormats) return false;
      known.set(format, { slowest: 0, fastest: mostMs });
      return true;
    },
    learn(format, ms) {
      const before = known.get(format);
      if (before === undefined) return;
      known.set(format, {
        slowest: Math.max(ms, before.slowest + (ms - before.slowest) / 20),
        fastest: Math.min(ms, before.fastest),
      });
    },
    async settle(startedAt) {
      if (known.size < 2) return;
      await reach(startedAt + moved());
    },
  };
}

/** A timer counts whole milliseconds from a clock that is read once a turn, so the last ones are waited for turn by turn. */
async function reach(time: number): Promise<void> {
  const left = time - performance.now();
  if (left > 3) await new Promise((resolve) => setTimeout(resolve, left - 2));
  while (performance.now() < time) await new Promise((resolve) => setImmediate(resolve));
}
