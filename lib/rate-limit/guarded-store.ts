import { late, nextTurn, within } from '../event/clock.ts';
import { record } from '../event/record.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { Count, Counter, CounterStore } from './counter-store.ts';
import { countersInMemory } from './memory-store.ts';
import { wholeNumber } from './whole-number.ts';

/** What happens to requests while the store fails. */
export type StoreFailure = 'closed' | 'open' | 'memory';

export interface StoreOptions {
  /** `memoryStore()`, `redisStore(client)` or `postgresStore(pool)`. */
  readonly store: CounterStore;
  /**
   * What happens while the store fails or doesn't answer in time: `closed` refuses, `memory` counts in this process, `open` lets
   * everything pass. Required, unless the store is `memoryStore()`, which doesn't fail.
   */
  readonly fail?: StoreFailure;
  /** How long a call of the store may take, 10 to 10,000. 1,000 by default. */
  readonly timeoutMs?: number;
}

/** A count, and the store that has it: what is given back goes there. */
export interface Held {
  readonly count: Count;
  readonly counter: Counter;
  readonly points: number;
  /** By `performance.now()`. */
  readonly endsAt: number;
  readonly store: 'given' | 'fallback';
}

/** Calls a store so that it can neither hang a request nor collect calls without bound. */
export interface GuardedStore {
  readonly fail: StoreFailure;
  readonly kind: CounterStore['kind'];
  readonly timeoutMs: number;
  /**
   * @returns `failed` if the store failed and nothing was counted; `overloaded` if too many calls wait for it, or if one waited too long behind
   * others. That refuses whatever `fail` says, or a burst of requests would turn the limits off.
   */
  take(counter: Counter, points: number): Promise<Held | 'failed' | 'overloaded'>;
  add(counter: Counter, points: number): Promise<void>;
  /** @returns how many points were taken back: 0 if the store failed */
  giveBack(held: Held): Promise<number>;
  /** Removes a counter where it is held. @returns how many points it had: 0 if the store failed */
  drain(held: Held): Promise<number>;
  clear(key: string): Promise<void>;
}

const mostCalls = 2_000;
/** After this many failures in a row the store is left alone, but for one call at a time, each `pauseMs`. */
const failuresInRow = 5;
const pauseMs = 250;
/** More calls than these at once are a queue, such as that of a pool of connections: one that is late has waited for others. */
const leastQueue = 10;
const fallbackKeys = 100_000;

export function guardedStore(options: Partial<StoreOptions>): GuardedStore {
  const { store } = options;
  if (!isStore(store)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'store takes memoryStore(), redisStore(client) or postgresStore(pool).',
    );
  }
  const fail = options.fail ?? (store.kind === 'memory' ? 'closed' : undefined);
  if (fail !== 'closed' && fail !== 'open' && fail !== 'memory') {
    throw new Misuse(
      'bulwark/invalid-option',
      "fail says what happens while the store is down: 'closed' refuses requests, 'memory' counts in this process, 'open' lets all of them pass.",
    );
  }
  const timeoutMs = wholeNumber('timeoutMs', options.timeoutMs ?? 1_000, 10, 10_000);
  const fallback = fail === 'memory' ? countersInMemory(fallbackKeys) : undefined;
  let running = 0;
  let failures = 0;
  let nextTry = 0;
  /** When the store last answered, in time or not. */
  let answeredAt = Number.NEGATIVE_INFINITY;

  function failed(reason: string, error?: unknown): undefined {
    const message = error instanceof Error ? error.message.slice(0, 200) : '';
    record('rate-limit/store-failed', 'reported', {
      store: store?.kind ?? '',
      fail: fail ?? '',
      reason,
      message,
    });
    return undefined;
  }

  async function call<T>(
    work: (from: CounterStore) => Promise<T>,
  ): Promise<{ readonly value: T } | undefined | 'overloaded'> {
    if (failures >= failuresInRow) {
      if (running >= mostCalls || performance.now() < nextTry) return failed('it failed a moment ago');
      nextTry = performance.now() + pauseMs;
    } else if (running >= mostCalls) {
      failed('too many calls are waiting');
      return 'overloaded';
    }
    const isQueued = running >= leastQueue;
    running += 1;
    // A call counts until it has ended, also after its time is over: the client may hold it in a queue.
    const settled = started(() => work(store as CounterStore)).finally(() => {
      running -= 1;
    });
    settled.then(
      () => {
        answeredAt = performance.now();
      },
      () => undefined,
    );
    try {
      let value = await within(timeoutMs, settled);
      // After a long stall of this process its timer rings before an answer is read that came in time.
      if (value === late) value = await Promise.race([settled, twoTurns()]);
      if (value !== late) {
        failures = 0;
        return { value };
      }
      // The store works, but slower than requests come in.
      if (fail === 'open' && isQueued && performance.now() - answeredAt < timeoutMs) {
        failed('too many calls are waiting');
        return 'overloaded';
      }
      failures += 1;
      return failed('it did not answer in time');
    } catch (error) {
      failures += 1;
      return failed('it failed', error);
    }
  }

  return {
    fail,
    kind: store.kind,
    timeoutMs,
    async take(counter, points) {
      const given = await call((from) => from.take(counter, points));
      if (given === 'overloaded') return given;
      const count = given?.value ?? (await fallback?.take(counter, points));
      if (count === undefined) return 'failed';
      const endsAt = performance.now() + count.resetMs;
      return { count, counter, points, endsAt, store: given === undefined ? 'fallback' : 'given' };
    },
    async add(counter, points) {
      if ((await call((from) => from.add(counter, points))) === undefined)
        await fallback?.add(counter, points);
    },
    async giveBack({ counter, points, endsAt, store: kept }) {
      const resetMs = endsAt - performance.now();
      // Its window is over, and with it what was counted.
      if (resetMs <= 0) return 0;
      if (kept === 'fallback') return (await fallback?.giveBack(counter, points, resetMs)) ?? 0;
      return pointsIn(await call((from) => from.giveBack(counter, points, resetMs)));
    },
    async drain({ counter, store: kept }) {
      if (kept === 'fallback') return (await fallback?.clear(counter.key)) ?? 0;
      return pointsIn(await call((from) => from.clear(counter.key)));
    },
    async clear(key) {
      await fallback?.clear(key);
      await call((from) => from.clear(key));
    },
  };
}

function pointsIn(called: { readonly value: number } | undefined | 'overloaded'): number {
  return typeof called === 'object' ? called.value : 0;
}

/** One for the timers that are due, one for the answers that have come. */
async function twoTurns(): Promise<typeof late> {
  await nextTurn();
  await nextTurn();
  return late;
}

/** Turns a client that throws at once into a promise that rejects. */
async function started<T>(work: () => Promise<T>): Promise<T> {
  return work();
}

function isStore(value: unknown): value is CounterStore {
  return typeof value === 'object' && value !== null && typeof (value as CounterStore).take === 'function';
}
