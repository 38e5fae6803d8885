/** Work that is debounced: a burst of requests leads to a single turn. */
export interface Turns {
  /** Requests a turn. If one is running, its signal is aborted and another turn follows. */
  request(): void;
  /** Ends: aborts the running turn, starts no other, and waits for its end. */
  stop(): Promise<void>;
}

/** If requests don't pause, a turn starts after this many times the delay. */
const patience = 20;

/**
 * Runs a turn after a burst of requests, and never two at once.
 * @param delayMs how long there must be no request before a turn starts. If the requests do not pause, a turn starts
 * after `patience` times this delay
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
