import { outsideRequest } from '../../request/context.ts';
import { buildEvent } from '../build-event.ts';
import { cancel, late, later, nextTurn, now, unref, within } from '../clock.ts';
import { reasonText } from '../redact/reason-text.ts';
import { redact } from '../redact/redact.ts';
import type { SecurityEvent } from '../security-event.ts';
import { pauseAfter } from './backoff.ts';
import { checkSink } from './check-sink.ts';
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
   * Writes without pauses what waits at the call, and then what was lost on the way, for at most twice a write's time. Ends
   * early where a write takes longer than its time, and where the sink fails again and again: what still waits is lost
   * then. False where losses are left untold.
   */
  flush(): Promise<boolean>;
  /**
   * Flushes, gives up what still waits and tells that, and closes the sink: in at most twice a write's time. Nothing may be
   * pushed any more.
   */
  close(): Promise<void>;
}

type Losses = Map<string, number>;

/** Somebody who waits for what the sink is given. */
interface Goal {
  readonly done: () => boolean;
  readonly reach: () => void;
}

const batchSize = 100;
/** How many failures in a row end a flush: what waits would fail as well. */
const patience = 3;

export function sinkQueue(
  sink: Sink,
  { maxQueue, timeoutMs }: { readonly maxQueue: number; readonly timeoutMs: number },
): SinkQueue {
  const { name, gatherMs } = checkSink(sink);
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
  /** How many events have left the queue. */
  let handed = 0;
  let goals: Goal[] = [];
  /** Nothing is handed over any more. */
  let closed = false;
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
    if (!hanging && !closed) running ??= outsideRequest(drain);
  }

  async function drain(): Promise<void> {
    try {
      // Requests come first: nothing is written in the turn of the event loop in which it was recorded.
      await nextTurn();
      while ((queue.length > 0 || tell) && !hanging && !closed) {
        const pauseMs = flushing > 0 || (failures === 0 && queue.length >= batchSize) ? 0 : notBefore - now();
        if (pauseMs > 0) {
          await pause(pauseMs);
          continue;
        }
        await writeBatch();
        if (flushing > 0 && failures >= patience) giveUp();
        await nextTurn();
        reachGoals();
      }
    } catch (error) {
      // Nobody waits for this: a rejection would end the process.
      warn(error);
    } finally {
      running = undefined;
      reachGoals(true);
    }
  }

  /** After each batch, and at the end, when no further one comes. */
  function reachGoals(ended = false): void {
    const open = goals;
    goals = [];
    for (const goal of open) {
      if (ended || goal.done()) goal.reach();
      else goals.push(goal);
    }
  }

  function until(done: () => boolean): Promise<void> {
    if (!running) return Promise.resolve();
    return new Promise((reach) => goals.push({ done, reach }));
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      // A process that has nothing else to do ends; the flush before its end is the last probe.
      const timer = later(resolve, ms);
      unref(timer);
      endPause = () => {
        cancel(timer);
        resolve();
      };
    });
  }

  function giveUp(): void {
    handed += queue.length;
    for (const { code, count } of queue.splice(0)) {
      waiting -= count;
      lose(code, count);
    }
  }

  async function writeBatch(): Promise<void> {
    const batch = queue.splice(0, batchSize);
    handed += batch.length;
    const told: Losses = tell ? untold : new Map();
    if (tell) untold = new Map();
    tell = false;
    const settled = asSink(() => sink.write(Object.freeze([...batch, ...noticeOf(told)])))
      .then(
        () => taken(batch),
        (reason) => failed(reason, batch, told),
      )
      .catch(warn);
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
    notBefore = now() + gatherMs;
    const count = sumOf(batch);
    waiting -= count;
    written += count;
  }

  function failed(reason: unknown, batch: readonly SecurityEvent[], told: Losses): void {
    waiting -= sumOf(batch);
    for (const { code, count } of batch) lose(code, count);
    for (const [code, count] of told) untold.set(code, (untold.get(code) ?? 0) + count);
    failures++;
    notBefore = now() + pauseAfter(failures);
    warn(reason);
  }

  /** Once for each time that the sink stops working. */
  function warn(reason: unknown): void {
    if (warned) return;
    warned = true;
    const sentence = `The event sink "${redact(name)}" fails: ${reasonText(reason)}. It is reported again once it has worked.`;
    // A worker that has a process has not all of Node's.
    const { emitWarning } = (globalThis.process ?? {}) as Partial<NodeJS.Process>;
    if (emitWarning) process.emitWarning(sentence, { code: 'BULWARK_SINK' });
    else console.warn(sentence);
  }

  async function flush(ms: number): Promise<boolean> {
    // What comes meanwhile is not waited for, or a flood would never let it end.
    const last = handed + queue.length;
    flushing++;
    endPause();
    // The first batch is handed over by then: a loop that is busy must not take the time from the sink.
    await nextTurn();
    await within(ms, flushed(last));
    flushing--;
    return untold.size === 0;
  }

  async function flushed(last: number): Promise<void> {
    await until(() => handed >= last);
    await tellRest();
  }

  async function tellRest(): Promise<void> {
    // To a sink that takes nothing it would only be one more failure.
    if (failures === 0 && tellLosses()) await until(() => !tell);
  }

  async function close(): Promise<void> {
    flushing++;
    await flush(timeoutMs);
    const ends = now() + timeoutMs;
    giveUp();
    await within(timeoutMs / 2, tellRest());
    closed = true;
    // A pause must not outlast the sink.
    endPause();
    const settled = asSink(() => sink.close?.()).catch(warn);
    if ((await within(ends - now(), settled)) === late) warn('it took too long to close');
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
    stats: () => ({ name, written, waiting, dropped }),
    flush: () => flush(2 * timeoutMs),
    close,
  };
}

function noticeOf(told: Losses): SecurityEvent[] {
  return told.size > 0 ? [buildEvent('event/dropped', 'blocked', Object.fromEntries(told))] : [];
}

function sumOf(batch: readonly SecurityEvent[]): number {
  let sum = 0;
  for (const { count } of batch) sum += count;
  return sum;
}
