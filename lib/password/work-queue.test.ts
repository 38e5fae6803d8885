import { describe, expect, it } from 'vitest';
import type { Refusal } from '../refusal/refusal.ts';
import { workQueue } from './work-queue.ts';

/** Work that ends when it is told to. */
function held(): {
  readonly work: () => Promise<void>;
  readonly begun: () => number;
  readonly end: () => void;
} {
  const ends: (() => void)[] = [];
  let begun = 0;
  return {
    work: () =>
      new Promise((resolve) => {
        begun += 1;
        ends.push(resolve);
      }),
    begun: () => begun,
    end: () => {
      for (const end of ends.splice(0)) end();
    },
  };
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};
const limits = { maxConcurrent: 2, maxWaiting: 3, maxWaitMs: 60_000 };

describe('the queue', () => {
  it('runs as many at once as it may, in order, and refuses what does not fit', async () => {
    const queue = workQueue(limits);
    const { work, begun, end } = held();
    const admitted = Array.from({ length: 5 }, () => queue.run(work));
    await turns();
    expect(begun()).toBe(2);
    const refusal = (await queue.run(work).catch((error: unknown) => error)) as Refusal<'password/busy'>;
    expect(refusal).toMatchObject({ code: 'password/busy', status: 503 });
    expect(refusal.detail.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    for (let i = 0; i < 5; i++) {
      end();
      await turns();
    }
    await Promise.all(admitted);
    expect(begun()).toBe(5);
    const after = queue.run(work);
    await turns();
    end();
    await after;
  });

  it('refuses by time where the work is slow, although there is room', async () => {
    const queue = workQueue({ maxConcurrent: 1, maxWaiting: 10_000, maxWaitMs: 100 });
    const { work, end } = held();
    const results: Promise<unknown>[] = [];
    for (let i = 0; i < 50; i++) results.push(queue.run(work).catch((error: Refusal) => error.code));
    // The first guess is 20 ms each.
    for (let i = 0; i < 20; i++) {
      await turns();
      end();
    }
    const refused = (await Promise.all(results)).filter((code) => code === 'password/busy');
    expect(refused.length).toBe(50 - 6);
  });

  it('promises each one that it refuses a time of its own', async () => {
    const queue = workQueue({ maxConcurrent: 1, maxWaiting: 1, maxWaitMs: 60_000 });
    const { work, end } = held();
    const first = [queue.run(work), queue.run(work)];
    await turns();
    const promised: number[] = [];
    for (let i = 0; i < 5_000; i++) {
      await queue.run(work).catch((error: Refusal<'password/busy'>) => {
        promised.push(error.detail.retryAfterSeconds);
      });
    }
    // At 20 ms each, 50 a second are served; a few more come back. No more than a minute, because most of a flood never comes back.
    expect(promised[0]).toBe(1);
    expect(promised[499]).toBeGreaterThanOrEqual(6);
    expect(promised[499]).toBeLessThanOrEqual(10);
    expect(promised[4_999]).toBe(60);
    end();
    await turns();
    end();
    await Promise.all(first);
  });

  it('gives the place of a client that has gone to another', async () => {
    const queue = workQueue(limits);
    const { work, begun, end } = held();
    const running = [queue.run(work), queue.run(work)];
    const leaving = new AbortController();
    const left = Array.from({ length: 3 }, () => queue.run(work, leaving.signal));
    const outcomes = Promise.allSettled(left);
    await turns();
    leaving.abort(new Error('gone'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    running.push(queue.run(work), queue.run(work), queue.run(work));
    for (let i = 0; i < 3; i++) {
      await turns();
      end();
    }
    await Promise.all(running);
    expect(begun()).toBe(5);
    await expect(queue.run(work, AbortSignal.abort(new Error('gone before')))).rejects.toThrow('gone before');
  });

  it('refuses who has waited far longer than was estimated', async () => {
    const queue = workQueue({ maxConcurrent: 1, maxWaiting: 10, maxWaitMs: 100 });
    const { work, begun, end } = held();
    const running = queue.run(work);
    const late = [queue.run(work), queue.run(work)].map((one) => one.catch((error: Refusal) => error.code));
    await new Promise((resolve) => setTimeout(resolve, 250));
    end();
    await running;
    expect(await Promise.all(late)).toEqual(['password/busy', 'password/busy']);
    expect(begun()).toBe(1);
    const following = queue.run(work);
    await turns();
    end();
    await following;
  });

  it('estimates by what is usual, not by a pause of the machine', async () => {
    const queue = workQueue({ maxConcurrent: 1, maxWaiting: 10_000, maxWaitMs: 1_000 });
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));
    await queue.run(pause);
    for (let i = 0; i < 14; i++) await queue.run(async () => undefined);
    const flood = await Promise.allSettled(
      Array.from({ length: 100 }, () => queue.run(async () => undefined)),
    );
    expect(flood.filter(({ status }) => status === 'rejected')).toEqual([]);
  });

  it('goes on after work that fails', async () => {
    const queue = workQueue({ maxConcurrent: 1, maxWaiting: 5, maxWaitMs: 60_000 });
    const failing = queue.run(() => Promise.reject(new Error('no memory')));
    const following = queue.run(async () => 'done');
    await expect(failing).rejects.toThrow('no memory');
    expect(await following).toBe('done');
  });
});
