import { expect, it } from 'vitest';
import { keptAnswers } from './kept-answers.ts';

it('keeps an answer while it is fresh, and a failure for ten seconds', async () => {
  let now = 0;
  let asked = 0;
  const kept = keptAnswers<number>(10, () => now);
  const ask = async (): Promise<number> => ++asked;
  expect(await kept.get('a', ask, 60_000)).toBe(1);
  now = 59_999;
  expect(await kept.get('a', ask, 60_000)).toBe(1);
  now = 60_000;
  expect(await kept.get('a', ask, 60_000)).toBe(2);
  const fail = (): Promise<number> => Promise.reject(new Error(String(++asked)));
  await expect(kept.get('b', fail, 60_000)).rejects.toThrow('3');
  now += 9_999;
  await expect(kept.get('b', fail, 60_000)).rejects.toThrow('3');
  now += 1;
  expect(await kept.get('b', ask, 60_000)).toBe(4);
});

it('keeps so many and no more', async () => {
  let asked = 0;
  const kept = keptAnswers<number>(2);
  const ask = async (): Promise<number> => ++asked;
  for (const key of ['a', 'b', 'c']) await kept.get(key, ask, 60_000);
  expect(await kept.get('c', ask, 60_000)).toBe(3);
  expect(await kept.get('a', ask, 60_000)).toBe(4);
});
