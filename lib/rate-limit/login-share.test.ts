import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type OpenedStore, testedStores } from '../../checks/rate-limit/open-stores.ts';
import { configureEvents } from '../event/record.ts';
import { keyring } from '../secrets/keyring.ts';
import {
  type LoginAttempt,
  type LoginLimit,
  type LoginLimitOptions,
  loginLimit,
  memoryStore,
} from './index.ts';

configureEvents({ sinks: [] });
const keys = keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
const address = '203.0.113.9';
/** The same counters as anna's, and another account where the database compares bytes. */
const twins = ['ann\u200ba', 'ANNA', ' anna', 'anna\u0301', '\uff41nna'];
let limits = 0;

function make(options: Partial<LoginLimitOptions>): LoginLimit {
  limits += 1;
  return loginLimit({
    keys,
    fail: 'closed',
    prefix: `share-${process.pid}-${limits}`,
    ...options,
  } as LoginLimitOptions);
}

for (const { name, reason, open } of testedStores) {
  describe.skipIf(reason)(`names that fold to one, counted in ${name}${reason ? `: ${reason}` : ''}`, () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    }, 90_000);
    afterAll(() => opened?.close());
    const start = (): LoginLimit => make({ store: opened.store });

    it.each(twins)('get no attempts back from a log-in to %j before each guess (CWE-307)', async (twin) => {
      const login = start();
      let guesses = 0;
      for (let round = 0; round < 30; round++) {
        await (await login.check({ account: twin, address })).attempt?.succeeded();
        const { attempt } = await login.check({ account: 'anna', address });
        if (attempt) guesses += 1;
        attempt?.failed();
      }
      expect(guesses).toBe(5);
    });

    it('get no attempts back from parallel log-ins to a twin', async () => {
      const login = start();
      for (let tries = 0; tries < 3; tries++) (await login.reserve({ account: 'anna', address })).failed();
      const own = await Promise.all([1, 2].map(() => login.reserve({ account: 'ANNA', address })));
      await Promise.all(own.map((attempt) => attempt.succeeded()));
      let guesses = 0;
      for (let tries = 0; tries < 10; tries++) {
        if ((await login.check({ account: 'anna', address })).attempt) guesses += 1;
      }
      expect(guesses).toBe(2);
    });

    it('get no separate attempts for each spelling', async () => {
      const login = start();
      let guesses = 0;
      for (let tries = 0; tries < 30; tries++) {
        const account = ['anna', ...twins][tries % 6] ?? '';
        if ((await login.check({ account, address })).attempt) guesses += 1;
      }
      expect(guesses).toBe(5);
    });

    it('get no attempts of a device back from a twin that has its cookie', async () => {
      const login = start();
      const line = await (await login.reserve({ account: 'ANNA', address })).succeeded();
      const cookie = line.slice(line.indexOf('=') + 1, line.indexOf(';'));
      let guesses = 0;
      for (let round = 0; round < 30; round++) {
        const { attempt } = await login.check({ account: 'anna', address, cookie });
        if (attempt) guesses += 1;
        attempt?.failed();
        await (await login.check({ account: 'ANNA', address, cookie })).attempt?.succeeded();
      }
      expect(guesses).toBe(10);
    });

    it('but a user who mistypes a password four times and then logs in has five attempts again', async () => {
      const login = start();
      for (let day = 0; day < 3; day++) {
        for (let tries = 0; tries < 4; tries++) (await login.reserve({ account: 'anna', address })).failed();
        await (await login.reserve({ account: 'anna', address })).succeeded();
      }
    });
  });
}

it('guesses at one name are counted, whatever happens to its twins', async () => {
  const step = fc.tuple(
    fc.constantFrom('anna', 'ANNA', 'ann\u200ba'),
    fc.constantFrom('reserve', 'failed', 'succeeded', 'giveBack'),
    fc.nat(20),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const login = make({ store: memoryStore() });
      const waiting: LoginAttempt[] = [];
      let guesses = 0;
      for (const [account, work, at] of steps) {
        if (account === 'anna') {
          const { attempt } = await login.check({ account, address });
          if (attempt) guesses += 1;
          attempt?.failed();
        } else if (work === 'reserve') {
          const { attempt } = await login.check({ account, address });
          if (attempt) waiting.push(attempt);
        } else {
          const [attempt] = waiting.splice(at % Math.max(1, waiting.length), 1);
          await attempt?.[work]();
        }
      }
      expect(guesses).toBeLessThanOrEqual(5);
      await Promise.all(waiting.map((attempt) => attempt.giveBack()));
    }),
    { numRuns: 300, seed: 20261201 },
  );
});

it('a log-in gives nothing back in a later window than the one its attempts were counted in', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  try {
    const login = make({ store: memoryStore() });
    const guess = async (account: string, count: number): Promise<number> => {
      let checked = 0;
      for (let tries = 0; tries < count; tries++) {
        const { attempt } = await login.check({ account, address });
        if (attempt) checked += 1;
        attempt?.failed();
      }
      return checked;
    };
    expect(await guess('anna', 1)).toBe(1);
    vi.advanceTimersByTime(840_000);
    expect(await guess('ANNA', 10)).toBe(4);
    vi.advanceTimersByTime(61_000);
    expect(await guess('anna', 4)).toBe(4);
    await (await login.reserve({ account: 'ANNA', address })).succeeded();
    expect(await guess('anna', 10)).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});
