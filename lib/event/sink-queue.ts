import type { SecurityEvent } from './security-event.ts';

/** A place that events go to. What it throws, and how long it takes, never reaches a request. */
export interface Sink {
  /** Shown when the sink fails. */
  readonly name: string;
  write(events: readonly SecurityEvent[]): void | Promise<void>;
  close?(): void | Promise<void>;
}

/** Between the recorder and one sink: bounded, asynchronous, one batch at a time. */
export interface SinkQueue {
  readonly name: string;
  push(event: SecurityEvent): void;
  dropped(): number;
  /** Resolves when nothing waits, or when the sink fails. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

const batchSize = 100;

export function sinkQueue(
  sink: Sink,
  { maxQueue, timeoutMs }: { readonly maxQueue: number; readonly timeoutMs: number },
): SinkQueue {
  let waiting: SecurityEvent[] = [];
  let dropped = 0;
  let running: Promise<void> | undefined;
  /** Set while a write hangs past its time: nothing more is handed over until it settles. */
  let hanging = false;
  let failing = false;

  function failed(reason: unknown, lost: number): void {
    dropped += lost;
    if (failing) return;
    failing = true;
    const why = reason instanceof Error ? reason.message : String(reason);
    process.emitWarning(
      `The event sink "${sink.name}" fails: ${why}. It is reported again once it has worked.`,
      {
        code: 'BULWARK_SINK',
      },
    );
  }

  async function drain(): Promise<void> {
    // Requests come first: nothing is written in the turn of the event loop in which it was recorded.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0 && !hanging) {
      const batch = waiting.slice(0, batchSize);
      waiting = waiting.slice(batchSize);
      await writeBatch(batch);
      await new Promise((resolve) => setImmediate(resolve));
    }
    running = undefined;
  }

  async function writeBatch(batch: readonly SecurityEvent[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = Symbol('late');
    try {
      const written = Promise.resolve(sink.write(batch));
      const outcome = await Promise.race([
        written,
        new Promise<symbol>((resolve) => {
          timer = setTimeout(resolve, timeoutMs, late);
          timer.unref();
        }),
      ]);
      if (outcome === late) {
        hanging = true;
        failed(new Error(`one write took more than ${timeoutMs} ms`), 0);
        const settle = (): void => {
          hanging = false;
          if (waiting.length > 0) running ??= drain();
        };
        written.then(settle, (reason) => {
          failed(reason, batch.length);
          settle();
        });
        return;
      }
      failing = false;
    } catch (reason) {
      failed(reason, batch.length);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    name: sink.name,
    push(event) {
      if (waiting.length >= maxQueue) {
        dropped++;
        return;
      }
      waiting.push(event);
      if (!hanging) running ??= drain();
    },
    dropped: () => dropped,
    async drained() {
      await running;
    },
    async close() {
      await running;
      await sink.close?.();
    },
  };
}
