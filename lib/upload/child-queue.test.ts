import { describe, expect, it } from 'vitest';
import { ChildQueue } from './child-queue.ts';

const refuse = (): never => {
  throw new Error('refused');
};

describe('ChildQueue', () => {
  it('runs no more than it may at once, and the others in order', async () => {
    const queue = new ChildQueue(2, 10);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    await Promise.all(
      [1, 2, 3, 4, 5].map((number) =>
        queue.run(
          async () => {
            begun.push(number);
            running += 1;
            most = Math.max(most, running);
            await new Promise((resolve) => setImmediate(resolve));
            running -= 1;
          },
          10_000,
          refuse,
        ),
      ),
    );
    expect({ begun, most }).toEqual({ begun: [1, 2, 3, 4, 5], most: 2 });
  });

  it('refuses a job that finds no room, or waits too long, and goes on', async () => {
    const queue = new ChildQueue(1, 1);
    let release = (): void => undefined;
    const first = queue.run(() => new Promise<void>((resolve) => (release = resolve)), 10_000, refuse);
    const second = queue.run(async () => 'second', 1, refuse);
    await expect(queue.run(async () => 'third', 10_000, refuse)).rejects.toThrow('refused');
    await expect(second).rejects.toThrow('refused');
    const fourth = queue.run(async () => 'fourth', 10_000, refuse);
    release();
    await first;
    expect(await fourth).toBe('fourth');
  });

  it('gives the turn back after a job that failed', async () => {
    const queue = new ChildQueue(1, 1);
    await expect(queue.run(() => Promise.reject(new Error('broken')), 1, refuse)).rejects.toThrow('broken');
    expect(await queue.run(async () => 'next', 1, refuse)).toBe('next');
  });
});
