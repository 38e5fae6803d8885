/** Ends one exchange: when its time is up, when the caller's signal says so, or when a limit is passed. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Ends the exchange with this as the error that the caller sees. Only the first reason counts. */
  abort(reason: unknown): void;
  /** The exchange is over by itself. */
  done(): void;
}

/** @param late makes the error when the time is up */
export function startDeadline(ms: number, caller: AbortSignal | undefined, late: () => unknown): Deadline {
  const controller = new AbortController();
  const abort = (reason: unknown): void => {
    done();
    if (!controller.signal.aborted) controller.abort(reason);
  };
  const callerAborts = (): void => abort(caller?.reason);
  const timer = setTimeout(() => abort(late()), ms);
  // An open socket keeps the process running; a response that nobody reads must not.
  timer.unref();
  function done(): void {
    clearTimeout(timer);
    caller?.removeEventListener('abort', callerAborts);
  }
  if (caller?.aborted) callerAborts();
  else caller?.addEventListener('abort', callerAborts, { once: true });
  return { signal: controller.signal, abort, done };
}
