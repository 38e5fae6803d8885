/** Work that is asked for often, and done rarely. */
export interface Turns {
  /** Asks for a turn. If one runs, it is told that its result is not the last, and another one follows. */
  request(): void;
  /** Ends: no turn begins any more, and the one that runs is told. Waits for its end. */
  stop(): Promise<void>;
}

/** Requests that never pause are not waited for longer than so many times the delay. */
const patience = 20;

/**
 * Runs one turn after a burst of requests, and never two at once.
 *
 * @param delayMs how long it is quiet before a turn begins
 * @param run must not throw
 */
export function createTurns(delayMs: number, run: (signal: AbortSignal) => Promise<void>): Turns {
  let timer: NodeJS.Timeout | undefined;
  let first = 0;
  let running: { readonly control: AbortController; readonly end: Promise<void> } | undefined;
  let isWanted = false;
  let isStopped = false;

  function wait(): void {
    const now = Date.now();
    if (timer === undefined) first = now;
    clearTimeout(timer);
    timer = setTimeout(begin, Math.max(0, Math.min(delayMs, first + patience * delayMs - now)));
  }

  function begin(): void {
    timer = undefined;
    const control = new AbortController();
    const end = run(control.signal).finally(() => {
      running = undefined;
      if (isWanted && !isStopped) wait();
      isWanted = false;
    });
    running = { control, end };
  }

  return {
    request() {
      if (isStopped) return;
      if (!running) return wait();
      isWanted = true;
      running.control.abort();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      running?.control.abort();
      await running?.end;
    },
  };
}
