import { outsideRequest } from '../request/context.ts';
import { buildEvent } from './build-event.ts';
import { redact } from './redact.ts';
import type { SecurityEvent } from './security-event.ts';
import type { Sink, SinkStats } from './sink.ts';
import { asSink } from './sink-write.ts';

/** Between the recorder and one sink: bounded, asynchronous, one batch at a time. */
export interface SinkQueue {
  push(event: SecurityEvent): void;
  /** Counts events that this sink will not see. */
  lose(code: string, count: number): void;
  /** Puts what was lost into the next batch, as `event/dropped`. False where nothing was lost since the last time. */
  tellLosses(): boolean;
  stats(): SinkStats;
  /** Resolves when nothing waits, or when a write takes longer than its time. */
  drained(): Promise<void>;
  /** Drains, gives up what still waits, and closes the sink. */
  close(): Promise<void>;
}

type Losses = Map<string, number>;

const batchSize = 100;
const late: unique symbol = Symbol('late');

export function sinkQueue(
  sink: Sink,
  { maxQueue, timeoutMs }: { readonly maxQueue: number; readonly timeoutMs: number },
): SinkQueue {
  let queue: SecurityEvent[] = [];
  let untold: Losses = new Map();
  let tell = false;
  let running: Promise<void> | undefined;
  /** Set while a write hangs past its time: nothing more is handed over until it settles. */
  let hanging = false;
  let failing = false;
  let written = 0;
  let waiting = 0;
  let dropped = 0;

  function lose(code: string, count: number): void {
    dropped += count;
    untold.set(code, (untold.get(code) ?? 0) + count);
  }

  function start(): void {
    if (!hanging) running ??= outsideRequest(drain);
  }

  async function drain(): Promise<void> {
    // Requests come first: nothing is written in the turn of the event loop in which it was recorded.
    await nextTurn();
    while ((queue.length > 0 || tell) && !hanging) {
      await writeBatch();
      await nextTurn();
    }
    running = undefined;
  }

  async function writeBatch(): Promise<void> {
    const batch = queue.slice(0, batchSize);
    queue = queue.slice(batchSize);
    const told: Losses = tell ? untold : new Map();
    if (tell) untold = new Map();
    tell = false;
    const notice = told.size > 0 ? [buildEvent('event/dropped', 'blocked', Object.fromEntries(told))] : [];

    const settled = asSink(() => sink.write(Object.freeze([...batch, ...notice]))).then(
      () => taken(batch),
      (reason) => failed(reason, batch, told),
    );
    if ((await within(timeoutMs, settled)) !== late) return;
    hanging = true;
    warn(`one write took more than ${timeoutMs} ms`);
    void settled.then(() => {
      hanging = false;
      if (queue.length > 0 || tell) start();
    });
  }

  function taken(batch: readonly SecurityEvent[]): void {
    failing = false;
    const count = sumOf(batch);
    waiting -= count;
    written += count;
  }

  function failed(reason: unknown, batch: readonly SecurityEvent[], told: Losses): void {
    waiting -= sumOf(batch);
    for (const { code, count } of batch) lose(code, count);
    for (const [code, count] of told) untold.set(code, (untold.get(code) ?? 0) + count);
    warn(reason instanceof Error ? reason.message : String(reason));
  }

  /** Once for each time that the sink stops working. */
  function warn(why: string): void {
    if (failing) return;
    failing = true;
    const sentence = `The event sink "${redact(sink.name)}" fails: ${redact(why)}. It is reported again once it has worked.`;
    process.emitWarning(sentence, { code: 'BULWARK_SINK' });
  }

  async function drained(): Promise<void> {
    await running;
  }

  return {
    push(event) {
      if (queue.length >= maxQueue) {
        lose(event.code, event.count);
        return;
      }
      queue.push(event);
      waiting += event.count;
      start();
    },
    lose,
    tellLosses() {
      if (untold.size === 0) return false;
      tell = true;
      start();
      return true;
    },
    stats: () => ({ name: sink.name, written, waiting, dropped }),
    drained,
    async close() {
      await drained();
      for (const { code, count } of queue) {
        waiting -= count;
        lose(code, count);
      }
      queue = [];
      const closed = asSink(() => sink.close?.()).catch((reason) => warn(String(reason)));
      if ((await within(timeoutMs, closed)) === late) warn(`closing took more than ${timeoutMs} ms`);
    },
  };
}

function sumOf(batch: readonly SecurityEvent[]): number {
  return batch.reduce((sum, { count }) => sum + count, 0);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function within(timeoutMs: number, work: Promise<void>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof late>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, late);
    timer.unref();
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
