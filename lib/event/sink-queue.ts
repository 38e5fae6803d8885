import { outsideRequest } from '../request/context.ts';
import { pauseAfter } from './backoff.ts';
import { buildEvent } from './build-event.ts';
import { redact } from './redact.ts';
import type { SecurityEvent } from './security-event.ts';
import type { Sink, SinkStats } from './sink.ts';
import { asSink } from './sink-write.ts';

/**
 * Between the recorder and one sink: bounded, asynchronous, one batch at a time. A sink that fails is left alone, longer
 * each time, so that failing costs about what hanging does; what comes meanwhile waits, and the next batch is the probe.
 */
export interface SinkQueue {
  push(event: SecurityEvent): void;
  /** Counts events that this sink will not see. */
  lose(code: string, count: number): void;
  /** Puts what was lost into the next batch, as `event/dropped`. False where nothing was lost since the last time. */
  tellLosses(): boolean;
  stats(): SinkStats;
  /**
   * Writes without pauses what waits, and then what was lost on the way. Ends early where a write takes longer than its
   * time, and where the sink fails again and again: what still waits is lost then. False where losses are left untold.
   */
  flush(): Promise<boolean>;
  /** Flushes, gives up what still waits, and closes the sink. */
  close(): Promise<void>;
}

type Losses = Map<string, number>;

const batchSize = 100;
/** How many failures in a row end a flush, so that closing takes a bounded time whatever waits. */
const patience = 3;
const late: unique symbol = Symbol('late');

export function sinkQueue(
  sink: Sink,
  { maxQueue, timeoutMs }: { readonly maxQueue: number; readonly timeoutMs: number },
): SinkQueue {
  const queue: SecurityEvent[] = [];
  let untold: Losses = new Map();
  let tell = false;
  let running: Promise<void> | undefined;
  /** Set while a write hangs past its time: nothing more is handed over until it settles. */
  let hanging = false;
  /** It was warned of, and has not worked since. */
  let warned = false;
  /** In a row. */
  let failures = 0;
  /** When the next batch may be written; one that is full earlier, unless the sink fails. */
  let notBefore = 0;
  /** How many flushes run: there are no pauses then. */
  let flushing = 0;
  let endPause = (): void => {};
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
      const pauseMs =
        flushing > 0 || (failures === 0 && queue.length >= batchSize) ? 0 : notBefore - performance.now();
      if (pauseMs > 0) {
        await pause(pauseMs);
        continue;
      }
      await writeBatch();
      if (flushing > 0 && failures >= patience) giveUp();
      await nextTurn();
    }
    running = undefined;
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      // A process that has nothing else to do ends; the flush before its end is the last probe.
      const timer = setTimeout(resolve, ms);
      timer.unref();
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function giveUp(): void {
    for (const { code, count } of queue.splice(0)) {
      waiting -= count;
      lose(code, count);
    }
  }

  async function writeBatch(): Promise<void> {
    const batch = queue.splice(0, batchSize);
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
    // It works again: it is told at once what it missed.
    if (warned && untold.size > 0) tell = true;
    warned = false;
    failures = 0;
    notBefore = performance.now() + (sink.gatherMs ?? 0);
    const count = sumOf(batch);
    waiting -= count;
    written += count;
  }

  function failed(reason: unknown, batch: readonly SecurityEvent[], told: Losses): void {
    waiting -= sumOf(batch);
    for (const { code, count } of batch) lose(code, count);
    for (const [code, count] of told) untold.set(code, (untold.get(code) ?? 0) + count);
    failures++;
    notBefore = performance.now() + pauseAfter(failures);
    warn(reason instanceof Error ? reason.message : String(reason));
  }

  /** Once for each time that the sink stops working. */
  function warn(why: string): void {
    if (warned) return;
    warned = true;
    const sentence = `The event sink "${redact(sink.name)}" fails: ${redact(why)}. It is reported again once it has worked.`;
    process.emitWarning(sentence, { code: 'BULWARK_SINK' });
  }

  async function flush(): Promise<boolean> {
    flushing++;
    endPause();
    await running;
    // To a sink that takes nothing it would only be one more failure.
    if (failures === 0 && tellLosses()) await running;
    flushing--;
    return untold.size === 0;
  }

  function tellLosses(): boolean {
    if (untold.size === 0) return false;
    tell = true;
    start();
    return true;
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
      if (queue.length === batchSize && failures === 0) endPause();
    },
    lose,
    tellLosses,
    stats: () => ({ name: sink.name, written, waiting, dropped }),
    flush,
    async close() {
      await flush();
      giveUp();
      // A pause must not outlast the sink.
      tell = false;
      endPause();
      const closed = asSink(() => sink.close?.()).catch((reason) => warn(String(reason)));
      if ((await within(timeoutMs, closed)) === late) warn(`closing took more than ${timeoutMs} ms`);
    },
  };
}

function sumOf(batch: readonly SecurityEvent[]): number {
  let sum = 0;
  for (const { count } of batch) sum += count;
  return sum;
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
