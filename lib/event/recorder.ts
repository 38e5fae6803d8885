import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { currentRequest, outsideRequest } from '../request/context.ts';
import { type Action, buildEvent, type EventCode, evidenceOf, factsOf } from './build-event.ts';
import { cancel, later, now, unref } from './clock.ts';
import { identity } from './identity.ts';
import type { SecurityEvent } from './security-event.ts';
import type { Sink, SinkStats } from './sink/sink.ts';
import { sinkQueue } from './sink/sink-queue.ts';
import { insideSink } from './sink/sink-write.ts';
import { whole } from './whole.ts';
import { windowRoom } from './window-room.ts';

export interface RecorderOptions {
  /** Where events go. */
  readonly sinks: readonly Sink[];
  /** For how long identical events are counted instead of repeated. 10,000 milliseconds by default. */
  readonly windowMs?: number;
  /**
   * How many distinct events are kept in one window. 10,000 by default. One code takes at most half of them, and one
   * client at most a quarter.
   */
  readonly maxKeys?: number;
  /** How many events may wait for one sink. 10,000 by default. */
  readonly maxQueue?: number;
  /** How long a sink may take over one batch before it counts as failing. 5,000 milliseconds by default. */
  readonly sinkTimeoutMs?: number;
}

/** At any moment, and for each sink, `recorded` is `pending + written + waiting + dropped`. */
export interface RecorderStats {
  /** How many events guards have reported. */
  readonly recorded: number;
  /** How many distinct ones the current window keeps. */
  readonly keys: number;
  /** How many of the current window were identical to one of those, and wait for its end to be written as a count. */
  readonly pending: number;
  /** How many refusals sinks met with in their own work. They are no events; the sink fails by them, and that is told. */
  readonly bySinks: number;
  readonly sinks: readonly SinkStats[];
}

export interface Recorder {
  /** Never throws and never waits. */
  record(code: EventCode, action: Action, detail: object): void;
  stats(): RecorderStats;
  /**
   * Ends the window and waits until the sinks have taken what they will take of what waits now, at most twice
   * `sinkTimeoutMs`. One that fails is not waited for: after three failures in a row, what waits for it is counted as
   * dropped.
   */
  flush(): Promise<void>;
  /**
   * Flushes, and closes the sinks, in at most twice `sinkTimeoutMs`; a sink that is slow gets half of that, and what then
   * still waits is counted as dropped. So is every event from the call on: `configureEvents` says where further ones go.
   */
  close(): Promise<void>;
}

interface Kept {
  readonly event: SecurityEvent;
  /** Identical ones since the event was written. */
  more: number;
}

/** How late a timer may be before it counts as lost. */
const graceMs = 1_000;

/**
 * Bounds what an attacker can make of events: within a window an event is written once, identical ones are counted, at
 * most `maxKeys` distinct ones are kept, and the rest is counted by code.
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const own = knownOptions(options, ['sinks', 'windowMs', 'maxKeys', 'maxQueue', 'sinkTimeoutMs']);
  const windowMs = whole('windowMs', own.windowMs ?? 10_000, 86_400_000);
  const maxKeys = whole('maxKeys', own.maxKeys ?? 10_000, 1_000_000);
  const maxQueue = whole('maxQueue', own.maxQueue ?? 10_000, 1_000_000);
  const timeoutMs = whole('sinkTimeoutMs', own.sinkTimeoutMs ?? 5_000, 86_400_000);
  if (!Array.isArray(own.sinks)) throw new Misuse('bulwark/invalid-option', 'sinks takes a list of sinks.');
  const queues = (own.sinks as readonly Sink[]).map((sink) => sinkQueue(sink, { maxQueue, timeoutMs }));

  let kept = new Map<string, Kept>();
  let room = windowRoom(maxKeys);
  let timer: NodeJS.Timeout | undefined;
  let endsAt = 0;
  let closing: Promise<void> | undefined;
  let recorded = 0;
  let pending = 0;
  let bySinks = 0;

  function startWindow(): void {
    // In a worker a timer ends with the request that set it.
    if (timer && now() - endsAt > graceMs) endWindow();
    if (timer || closing) return;
    timer = outsideRequest(() => later(endWindow, windowMs));
    endsAt = now() + windowMs;
    unref(timer);
  }

  function endWindow(): void {
    stopTimer();
    const ended = kept;
    kept = new Map();
    room = windowRoom(maxKeys);
    pending = 0;
    for (const { event, more } of ended.values()) {
      if (more === 0) continue;
      const counted = Object.freeze({ ...event, count: more });
      for (const queue of queues) queue.push(counted);
    }
    tellLosses();
  }

  function stopTimer(): void {
    cancel(timer);
    timer = undefined;
  }

  /** A sink that fails is told again after each window, until it has taken the numbers. */
  function tellLosses(): void {
    for (const queue of queues) if (queue.tellLosses()) startWindow();
  }

  function keepOrCount(code: EventCode, action: Action, detail: object): void {
    const context = currentRequest();
    const request = context && factsOf(context);
    const key = identity(code, action, detail, request);
    const known = kept.get(key);
    if (known) {
      known.more++;
      pending++;
    } else if (room.take(code, request?.client)) {
      const event = buildEvent(code, action, evidenceOf(detail), request);
      kept.set(key, { event, more: 0 });
      for (const queue of queues) queue.push(event);
    } else {
      loseAll(code);
    }
  }

  async function flush(): Promise<void> {
    endWindow();
    const told = await Promise.all(queues.map((queue) => queue.flush()));
    // At its end the rest is told.
    if (told.includes(false)) startWindow();
  }

  async function close(): Promise<void> {
    endWindow();
    // No window comes after this one; what is untold, each queue tells before it closes.
    stopTimer();
    await Promise.all(queues.map((queue) => queue.close()));
  }

  function loseAll(code: EventCode): void {
    for (const queue of queues) queue.lose(code, 1);
  }

  return {
    record(code, action, detail) {
      if (insideSink()) {
        bySinks++;
        return;
      }
      recorded++;
      if (closing) {
        loseAll(code);
        return;
      }
      startWindow();
      try {
        keepOrCount(code, action, detail);
      } catch {
        // A detail that cannot be read: the refusal is thrown all the same, and the event is counted.
        loseAll(code);
      }
    },
    stats: () => ({
      recorded,
      keys: kept.size,
      pending,
      bySinks,
      sinks: queues.map((queue) => queue.stats()),
    }),
    flush: () => closing ?? flush(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
