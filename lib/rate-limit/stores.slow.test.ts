import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedStore, testedStores } from '../../checks/rate-limit/open-stores.ts';
import type { Counter, CounterStore } from './counter-store.ts';
import { countersInMemory } from './memory-store.ts';
import { postgresStore } from './pg/index.ts';
import { redisStore } from './redis/index.ts';

let keys = 0;
function fresh(limit = 5, windowSeconds = 60): Counter {
  keys += 1;
  return { key: `test:${keys}`, limit, windowSeconds };
}
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

for (const { name, reason, open } of testedStores) {
  describe.skipIf(reason)(`counters in ${name}${reason ? `: ${reason}` : ''}`, () => {
    let opened: OpenedStore;
    let store: CounterStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    }, 90_000);
    afterAll(() => opened?.close());

    it('allow the limit and count nothing that is refused', async () => {
      const counter = fresh();
      for (let used = 1; used <= 5; used++)
        expect(await store.take(counter, 1)).toMatchObject({ taken: true, used });
      for (let more = 0; more < 10; more++)
        expect(await store.take(counter, 1)).toMatchObject({ taken: false, used: 5 });
      const { resetMs } = await store.take(counter, 1);
      expect(resetMs).toBeGreaterThan(0);
      expect(resetMs).toBeLessThanOrEqual(60_000);
      await store.giveBack(counter, 1, 60_000);
      expect(await store.take(counter, 1)).toMatchObject({ taken: true, used: 5 });
      expect(await store.take(fresh(), 6)).toMatchObject({ taken: false, used: 0 });
    });

    it('allow 1,000 parallel calls no more than the limit', async () => {
      const counter = fresh(50);
      const counts = await Promise.all(Array.from({ length: 1_000 }, () => store.take(counter, 1)));
      expect(counts.filter(({ taken }) => taken)).toHaveLength(50);
      expect(await store.take(counter, 1)).toMatchObject({ taken: false, used: 50 });
    });

    it('begin a new window when the old one is over, and give back to no later one', async () => {
      const counter = fresh(5, 1);
      await store.take(counter, 5);
      expect(await store.take(counter, 1)).toMatchObject({ taken: false });
      await pause(1_050);
      expect(await store.take(counter, 1)).toMatchObject({ taken: true, used: 1 });
      const long = fresh(5, 60);
      await store.take(long, 2);
      // What is left of the window that it was counted in is far less: this one is a later window.
      await store.giveBack(long, 2, 1_000);
      expect(await store.take(long, 1)).toMatchObject({ used: 3 });
    });

    it('never go below 0, and are not created by giving back', async () => {
      const counter = fresh();
      await store.giveBack(counter, 5, 60_000);
      await store.take(counter, 2);
      await store.giveBack(counter, 4, 60_000);
      expect(await store.take(counter, 1)).toMatchObject({ taken: true, used: 1 });
      expect(await store.take(counter, 5)).toMatchObject({ taken: false });
    });

    it('count penalties beyond the limit, and are cleared one by one', async () => {
      const [one, other] = [fresh(), fresh()];
      expect(await store.add(one, 30)).toMatchObject({ used: 30 });
      await store.add(other, 30);
      await store.clear(one.key);
      expect(await store.take(one, 1)).toMatchObject({ taken: true, used: 1 });
      expect(await store.take(other, 1)).toMatchObject({ taken: false, used: 30 });
    });

    it('agree with those in memory on every sequence of calls', async () => {
      const step = fc.record({
        work: fc.constantFrom('take', 'take', 'take', 'add', 'giveBack', 'clear'),
        points: fc.integer({ min: 1, max: 6 }),
        resetMs: fc.constantFrom(1_000, 60_000),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          const counter = fresh();
          const model = countersInMemory(1_000);
          const run = async (on: CounterStore, { work, points, resetMs }: (typeof steps)[number]) => {
            if (work === 'giveBack') return on.giveBack(counter, points, resetMs);
            if (work === 'clear') return on.clear(counter.key);
            const { taken, used } = await (work === 'add'
              ? on.add(counter, points)
              : on.take(counter, points));
            return { taken, used };
          };
          for (const one of steps) expect(await run(store, one)).toEqual(await run(model, one));
        }),
        { numRuns: 100, seed: 20261201 },
      );
    });

    it('take keys as they are', async () => {
      for (const key of [
        "x'; drop table bulwark_rate_limits; --",
        'a:b:c',
        '{tag}*?[x]',
        'x y\r\nDEL z',
        '',
      ]) {
        const counter = { ...fresh(1), key: `test:${key}` };
        expect(await store.take(counter, 1)).toMatchObject({ taken: true });
        expect(await store.take(counter, 1)).toMatchObject({ taken: false });
      }
      expect(await store.take({ ...fresh(1), key: 'test:a' }, 1)).toMatchObject({ taken: true });
    });
  });
}

describe('what is no store', () => {
  it.each([
    ['redisStore', () => redisStore({} as never)],
    ['redisStore', () => redisStore(undefined as never)],
    ['postgresStore', () => postgresStore('postgres://a@b/c' as never)],
    ['a table', () => postgresStore({ query: async () => ({ rows: [] }) }, { table: 'a"; drop table b' })],
  ])('is bulwark/invalid-option: %s', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });

  it('but a table with its schema is accepted', () => {
    expect(postgresStore({ query: async () => ({ rows: [] }) }, { table: 'app.limits' }).kind).toBe(
      'postgres',
    );
  });
});
