/** Aborts a request when nothing happens for some time. */
export interface IdleTimer {
  readonly signal: AbortSignal;
  /** Something happened: the time starts again. */
  touch(): void;
  /** Nothing is awaited at the moment. */
  stop(): void;
  /** Ends the request, whatever its state. */
  abort(): void;
}

export function idleTimer(timeoutMs: number): IdleTimer {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  const abort = (reason?: Error): void => {
    stop();
    controller.abort(reason);
  };
  const touch = (): void => {
    stop();
    if (!controller.signal.aborted) timer = setTimeout(() => abort(late(timeoutMs)), timeoutMs);
  };
  touch();
  return { signal: controller.signal, touch, stop, abort: () => abort() };
}

function late(timeoutMs: number): Error {
  const error = new Error(`The storage service did nothing for ${timeoutMs} ms.`);
  return Object.assign(error, { code: `no answer within ${timeoutMs} ms` });
}
