import { expect, it } from 'vitest';
import { answerTime } from './answer-time.ts';

/** After how many milliseconds a failure that was ready at once is answered. */
async function waited(times: ReturnType<typeof answerTime>): Promise<number> {
  const started = performance.now();
  await times.settle(started);
  return performance.now() - started;
}

it('where there is one format, nothing waits for another', async () => {
  const times = answerTime();
  expect(times.expect('argon2id')).toBe(true);
  expect(times.expect('argon2id')).toBe(false);
  times.learn('argon2id', 60_000);
  const outcome = await Promise.race([
    times.settle(performance.now()).then(() => 'answered'),
    new Promise((resolve) => setImmediate(resolve, 'waiting')),
  ]);
  expect(outcome).toBe('answered');
});

it('where there are two, a failure is answered when the slower one would be', async () => {
  const times = answerTime();
  times.expect('argon2id');
  times.expect('bcrypt cost 10');
  times.learn('argon2id', 14);
  times.learn('bcrypt cost 10', 40);
  expect(await waited(times)).toBeGreaterThanOrEqual(50);
});

it('does not hold all answers as long as one that the machine delayed', async () => {
  const times = answerTime();
  times.expect('a');
  times.expect('b');
  times.learn('b', 2);
  times.learn('b', 3_600_000);
  const outcome = await Promise.race([
    times.settle(performance.now()).then(() => 'answered'),
    new Promise((resolve) => setTimeout(resolve, 4_000, 'waiting').unref()),
  ]);
  expect(outcome).toBe('answered');
});

it('learns at once that one is slow, and forgets it slowly', async () => {
  const times = answerTime();
  times.expect('a');
  times.expect('b');
  times.learn('b', 40);
  for (let i = 0; i < 5; i++) times.learn('b', 20);
  expect(await waited(times)).toBeGreaterThanOrEqual(35 * 1.25);
});

it('knows a bounded number of formats', () => {
  const times = answerTime();
  const known = Array.from({ length: 1_000 }, (_, i) => times.expect(`pbkdf2 ${i}`)).filter(Boolean);
  expect(known).toHaveLength(64);
});
