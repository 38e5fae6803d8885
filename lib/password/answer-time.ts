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
/** No answer is held longer, whatever a pause of the machine made of a measurement. */
const mostMs = 5_000;
const mostFormats = 64;

export function answerTime(): AnswerTime {
  /** For each format how long it takes: up at once, down slowly. */
  const slowest = new Map<string, number>();
  let heldMs = firstMs;

  function moved(): number {
    const neededMs = Math.min(mostMs, Math.max(...slowest.values()) * margin);
    if (neededMs < heldMs / 2) heldMs = firstMs;
    while (heldMs < neededMs) heldMs *= step;
    return heldMs;
  }

  return {
    expect(format) {
      if (slowest.has(format) || slowest.size >= mostFormats) return false;
      slowest.set(format, 0);
      return true;
    },
    learn(format, ms) {
      const before = slowest.get(format);
      if (before === undefined) return;
      slowest.set(format, Math.min(mostMs, Math.max(ms, before + (ms - before) / 20)));
    },
    async settle(startedAt) {
      if (slowest.size < 2) return;
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
