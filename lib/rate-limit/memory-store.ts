import { record } from '../event/record.ts';
import { isProduction } from '../internal/is-production.ts';
import { knownOptions } from '../internal/known-options.ts';
import type { Count, Counter, CounterStore } from './counter-store.ts';
import { wholeNumber } from './whole-number.ts';

export interface MemoryStoreOptions {
  /** How many counters are kept, 1,000 to 10,000,000. 100,000 by default, about 20 MB. */
  readonly maxKeys?: number;
  /** Uses this store in production, where each process has counters of its own. */
  readonly allowInProduction?: boolean;
}

/**
 * Keeps counters in this process: each process of a cluster allows the limit once more, and a restart forgets everything. In
 * production it says so in an event, unless `allowInProduction` is set.
 *
 * Memory is bounded. If `maxKeys` is reached, the counter with the fewest points is dropped, the oldest first: to make the
 * store forget a counter of 5 points, an attacker needs `maxKeys` other counters of about as many points each.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 *
 * const limiter = rateLimit({ store: memoryStore(), limit: 300, windowSeconds: 60, key: 'address' });
 * ```
 */
export function memoryStore(options: MemoryStoreOptions = {}): CounterStore {
  const own = knownOptions(options, ['maxKeys', 'allowInProduction']);
  const maxKeys = wholeNumber('maxKeys', own.maxKeys ?? 100_000, 1_000, 10_000_000);
  if (isProduction() && own.allowInProduction !== true) record('rate-limit/memory-store', 'reported', {});
  return countersInMemory(maxKeys);
}

interface Cell {
  used: number;
  readonly endsAt: number;
}

/** @param now milliseconds of a clock that never goes back */
export function countersInMemory(
  maxKeys: number,
  now: () => number = () => performance.now(),
): CounterStore & { readonly size: number } {
  // Counters by their points: 1, 2, 3, 4-7, 8-15 and so on. The first ones are dropped first.
  const levels: Map<string, Cell>[] = Array.from({ length: 12 }, () => new Map());
  let size = 0;
  // Iterators are kept, because a new one would walk over all that was deleted before it, at each call.
  const oldest = levels.map((level) => level.entries());
  let sweep = levels[0]?.entries();
  let swept = 0;

  function find(key: string): { readonly cell: Cell; readonly level: Map<string, Cell> } | undefined {
    for (const level of levels) {
      const cell = level.get(key);
      if (cell === undefined) continue;
      if (cell.endsAt > now()) return { cell, level };
      level.delete(key);
      size -= 1;
      return undefined;
    }
    return undefined;
  }

  /** A few expired counters at each call, so that no call takes long and they don't pile up. */
  function sweepSome(): void {
    for (let step = 0; step < 4; step++) {
      const next = sweep?.next();
      if (next === undefined || next.done) {
        swept = (swept + 1) % levels.length;
        sweep = levels[swept]?.entries();
      } else if (next.value[1].endsAt <= now() && levels[swept]?.delete(next.value[0])) {
        size -= 1;
      }
    }
  }

  function dropOne(): void {
    const index = levels.findIndex((one) => one.size > 0);
    const level = levels[index];
    if (level === undefined) return;
    let next = oldest[index]?.next();
    if (next === undefined || next.done) {
      oldest[index] = level.entries();
      next = oldest[index]?.next();
    }
    if (next === undefined || next.done) return;
    const [key, cell] = next.value;
    level.delete(key);
    size -= 1;
    if (cell.endsAt > now()) record('rate-limit/memory-full', 'reported', { maxKeys });
  }

  function count({ key, limit, windowSeconds }: Counter, points: number, bounded: boolean): Count {
    sweepSome();
    const found = find(key);
    const used = (found?.cell.used ?? 0) + points;
    if (bounded && used > limit) {
      return {
        taken: false,
        used: used - points,
        resetMs: (found?.cell.endsAt ?? now() + windowSeconds * 1000) - now(),
      };
    }
    if (found === undefined && size >= maxKeys) dropOne();
    const cell = found?.cell ?? { used: 0, endsAt: now() + windowSeconds * 1000 };
    cell.used = used;
    place(key, cell, found?.level);
    return { taken: true, used, resetMs: cell.endsAt - now() };
  }

  function place(key: string, cell: Cell, from: Map<string, Cell> | undefined): void {
    const to = levels[levelOf(cell.used)] as Map<string, Cell>;
    if (from === to) return;
    if (from === undefined) size += 1;
    else from.delete(key);
    to.set(key, cell);
  }

  return {
    kind: 'memory',
    get size() {
      return size;
    },
    take: async (counter, points) => count(counter, points, true),
    add: async (counter, points) => count(counter, points, false),
    async giveBack({ key }, points, resetMs) {
      const found = find(key);
      // A later window ends later than the one that the points were counted in.
      if (found === undefined || found.cell.endsAt > now() + resetMs + slackMs) return 0;
      const taken = Math.min(points, found.cell.used);
      found.cell.used -= taken;
      place(key, found.cell, found.level);
      return taken;
    },
    async clear(key) {
      const found = find(key);
      if (found?.level.delete(key)) size -= 1;
      return found?.cell.used ?? 0;
    },
  };
}

/** Between two readings of the clock. */
const slackMs = 100;

function levelOf(used: number): number {
  return used < 4 ? Math.max(0, used - 1) : Math.min(11, Math.floor(Math.log2(used)) + 1);
}
