import { networkOf } from '../network-of.ts';
import type { SecurityEvent } from '../security-event.ts';

export interface Threshold {
  /** So many events with one key in one window are an alert. */
  readonly count: number;
  /**
   * Milliseconds. It begins with a key's first event, and each window has one alert for a key. Where the clock goes back
   * by less, that window is so much longer.
   */
  readonly windowMs: number;
  /** What events have in common. `code+client` by default. A client of IPv6 is its /64. */
  readonly by?: 'code+client' | 'code' | 'client';
}

interface Counted {
  started: number;
  count: number;
  told: boolean;
}

/** How many keys are counted at once; beyond that, the one that began first is forgotten. */
const maxKeys = 10_000;

/** Gives the count when an event is the one that makes the alert, and undefined otherwise. */
export function alertThreshold({
  count,
  windowMs,
  by = 'code+client',
}: Threshold): (event: SecurityEvent) => number | undefined {
  const keys = new Map<string, Counted>();
  return (event) => {
    const client = by === 'code' ? '' : networkOf(event.request?.client ?? '');
    const key = by === 'client' ? client : `${event.code} ${client}`;
    // The event's own time: it may have waited for the sink.
    const time = Date.parse(event.time);
    let counted = keys.get(key);
    // Either way: a clock that was ahead and is put right must not silence a key until it has caught up. By a whole window
    // only, because what counts identical events has the time of the first, and comes after later ones.
    if (!counted || Math.abs(time - counted.started) >= windowMs) {
      keys.delete(key);
      counted = { started: time, count: 0, told: false };
      keys.set(key, counted);
      if (keys.size > maxKeys) keys.delete(keys.keys().next().value as string);
    }
    counted.count += event.count;
    if (counted.told || counted.count < count) return undefined;
    counted.told = true;
    return counted.count;
  };
}
