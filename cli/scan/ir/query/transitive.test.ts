import { expect, it } from 'vitest';
import { transitive } from './transitive.ts';

it('reaches each value once, also in a circle', () => {
  const steps: number[] = [];
  const reached = transitive([0], 100, (at) => {
    steps.push(at);
    return [(at + 1) % 4, (at + 2) % 4];
  });
  expect([...reached]).toEqual([0, 1, 2, 3]);
  expect(steps).toEqual([0, 1, 2, 3]);
});

it('stops when it holds more than the limit', () => {
  expect(transitive([0], 10, (at) => [at + 1]).size).toBe(11);
});
