import { expect, it } from 'vitest';
import { nextAttempt } from './next-attempt.ts';

it('waits longer each time, and gives up after ten attempts', () => {
  const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (attempts) => (nextAttempt({ attempts, random: 0.5 }) ?? 0) / 60_000,
  );
  expect(minutes).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1_200, 1_440]);
  for (const attempts of [10, 11, 0]) expect(nextAttempt({ attempts, random: 0.5 })).toBeUndefined();
});

it('is early or late by a fifth', () => {
  expect(nextAttempt({ attempts: 2, random: 0 })).toBe(240_000);
  expect(nextAttempt({ attempts: 2, random: 1 })).toBe(360_000);
});

it('waits as long as the receiver wants, but no longer than a day', () => {
  expect(nextAttempt({ attempts: 1, random: 0.5, retryAfterMs: 60_000 })).toBe(60_000);
  expect(nextAttempt({ attempts: 1, random: 0.5, retryAfterMs: 1 })).toBe(5_000);
  expect(nextAttempt({ attempts: 1, random: 0.5, retryAfterMs: 1e12 })).toBe(86_400_000);
});
