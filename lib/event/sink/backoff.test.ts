import { describe, expect, it } from 'vitest';
import { pauseAfter } from './backoff.ts';

describe('pauseAfter', () => {
  it.each([
    [1, 100, 200],
    [2, 200, 400],
    [5, 1_600, 3_200],
    [8, 12_800, 25_600],
    [9, 15_000, 30_000],
    [1_000_000, 15_000, 30_000],
  ])('leaves alone after %i failures for %i to %i milliseconds', (failures, least, most) => {
    const pauses = Array.from({ length: 200 }, () => pauseAfter(failures));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(most);
    expect(new Set(pauses).size).toBeGreaterThan(100);
  });
});
