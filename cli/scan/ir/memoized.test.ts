import { describe, expect, it } from 'vitest';
import { memoized, memoizedPair } from './memoized.ts';

describe('memoized', () => {
  it('computes once for each key, also if the result is undefined', () => {
    const keys: object[] = [];
    const nothing = memoized((key: object): undefined => {
      keys.push(key);
    });
    const [first, second] = [{}, {}];
    expect([nothing(first), nothing(first), nothing(second)]).toEqual([undefined, undefined, undefined]);
    expect(keys).toEqual([first, second]);
  });
});

describe('memoizedPair', () => {
  it('computes once for each pair', () => {
    let calls = 0;
    const sum = memoizedPair((key: { readonly of: number }, more: number) => {
      calls++;
      return key.of + more;
    });
    const [one, two] = [{ of: 1 }, { of: 2 }];
    expect([sum(one, 1), sum(one, 1), sum(one, 2), sum(two, 1)]).toEqual([2, 2, 3, 3]);
    expect(calls).toBe(3);
  });

  it('gives the result that was named for a pair that is being computed', () => {
    const next = [1, 2, 0];
    const reachesItself: (key: object, at: number) => boolean = memoizedPair(
      (key: object, at: number) => reachesItself(key, next[at] ?? 0),
      { result: true },
    );
    expect(reachesItself({}, 0)).toBe(true);
  });
});
