import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/record.ts';
import type { Counter } from './counter-store.ts';
import { countersInMemory } from './memory-store.ts';

const counter = (key: string, limit = 5, windowSeconds = 60): Counter => ({ key, limit, windowSeconds });

beforeEach(() => void configureEvents({ sinks: [] }));

describe('counters in memory', () => {
  it('allow the limit, and count nothing that is refused', async () => {
    const store = countersInMemory(1_000);
    for (let used = 1; used <= 5; used++)
      expect(await store.take(counter('a'), 1)).toMatchObject({ taken: true, used });
    for (let more = 0; more < 20; more++)
      expect(await store.take(counter('a'), 1)).toMatchObject({ taken: false, used: 5 });
    await store.giveBack(counter('a'), 1, 60_000);
    expect(await store.take(counter('a'), 1)).toMatchObject({ taken: true, used: 5 });
    expect(await store.take(counter('b'), 1)).toMatchObject({ taken: true, used: 1 });
  });

  it('begin anew after the window, whose end further requests do not move', async () => {
    let time = 0;
    const store = countersInMemory(1_000, () => time);
    for (let more = 0; more < 7; more++) {
      await store.take(counter('a'), 1);
      time += 9_000;
    }
    expect(await store.take(counter('a'), 1)).toMatchObject({ taken: true, used: 1, resetMs: 60_000 });
  });

  it('give back to the window that was counted in, and to no later one', async () => {
    let time = 0;
    const store = countersInMemory(1_000, () => time);
    await store.take(counter('a'), 3);
    time = 61_000;
    await store.giveBack(counter('a'), 3, 1_000);
    expect(await store.take(counter('a'), 1)).toMatchObject({ used: 1 });
    await store.giveBack(counter('a'), 1, 10);
    expect(await store.take(counter('a'), 1)).toMatchObject({ used: 2 });
    await store.giveBack(counter('a'), 9, 60_000);
    expect(await store.take(counter('a'), 5)).toMatchObject({ taken: true, used: 5 });
  });

  it('are bounded, and a flood of a million keys makes them forget no counter with more points', async () => {
    const store = countersInMemory(10_000);
    for (let tries = 0; tries < 5; tries++) await store.take(counter('victim'), 1);
    for (let flood = 0; flood < 1_000_000; flood++) await store.take(counter(`flood-${flood}`), 1);
    expect(store.size).toBeLessThanOrEqual(10_000);
    expect(await store.take(counter('victim'), 1)).toMatchObject({ taken: false, used: 5 });
  }, 60_000);

  it('forget what is over without a timer', async () => {
    let time = 0;
    const store = countersInMemory(100_000, () => time);
    for (let old = 0; old < 5_000; old++) await store.take(counter(`old-${old}`), 1 + (old % 5));
    time = 61_000;
    for (let fresh = 0; fresh < 5_000; fresh++) await store.take(counter(`new-${fresh % 50}`), 1);
    expect(store.size).toBeLessThan(200);
  });

  it('never count below 0 or above the limit, whatever comes', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      work: fc.constantFrom('take', 'giveBack', 'clear', 'wait'),
      points: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        let time = 0;
        const store = countersInMemory(1_000, () => time);
        for (const { key, work, points } of steps) {
          if (work === 'wait') time += points * 10_000;
          else if (work === 'clear') await store.clear(key);
          else if (work === 'giveBack') await store.giveBack(counter(key), points, 60_000);
          else {
            const { taken, used, resetMs } = await store.take(counter(key), points);
            expect(used).toBeGreaterThanOrEqual(taken ? points : 0);
            expect(used).toBeLessThanOrEqual(5);
            expect(resetMs).toBeGreaterThan(0);
            expect(resetMs).toBeLessThanOrEqual(60_000);
          }
        }
      }),
      { numRuns: 300, seed: 20261201 },
    );
  });
});
