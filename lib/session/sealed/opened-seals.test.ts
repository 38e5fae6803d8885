import { expect, it } from 'vitest';
import { OpenedSeals } from './opened-seals.ts';

it('finds what was kept by all of its text, and nothing else', () => {
  const seals = new OpenedSeals<object>();
  const opened = {};
  seals.keep('1.AbC-_9.abc', opened);
  expect(seals.get('1.AbC-_9.abc')).toBe(opened);
  for (const other of ['1.AbC-_9.ab', '1.AbC-_9.abcd', '1.AbC-_9.aBc', '', '__proto__', 'constructor']) {
    expect(seals.get(other)).toBeUndefined();
  }
});

it('keeps a thousand at most, and those that come again before those that came once', () => {
  const seals = new OpenedSeals<number>();
  for (let count = 0; count < 10_000; count++) {
    seals.keep(`seal ${count}`, count);
    expect(seals.get('seal 0')).toBe(0);
  }
  const kept = Array.from({ length: 10_000 }, (_, count) => `seal ${count}`).filter(
    (seal) => seals.get(seal) !== undefined,
  );
  expect(kept.length).toBeLessThanOrEqual(1_500);
  expect(kept.length).toBeGreaterThanOrEqual(500);
});
