import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacity, KindSet } from './kind-set.ts';

const elements: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(capacity - 1), {
  maxLength: capacity,
});
const set: fc.Arbitrary<KindSet> = elements.map((some) => KindSet.of(...some));

/** The elements of a set as a list of booleans. Each operation is defined element by element. */
function members(one: KindSet): ReadonlySet<number> {
  return new Set(Array.from({ length: capacity }, (_, i) => i).filter((i) => one.has(i)));
}

describe('KindSet', () => {
  it('holds what it was made of, beyond the bits of one word too', () => {
    fc.assert(
      fc.property(elements, (some) => {
        expect(members(KindSet.of(...some))).toEqual(new Set(some));
      }),
    );
    expect(members(KindSet.of(29, 30, 31, 32, 59))).toEqual(new Set([29, 30, 31, 32, 59]));
    expect(KindSet.of(31)).not.toBe(KindSet.of(1));
  });

  it('refuses an element that it has no bit for', () => {
    for (const element of [-1, capacity, 1.5, Number.NaN])
      expect(() => KindSet.of(element)).toThrow(RangeError);
  });

  it('is the same object if it holds the same', () => {
    fc.assert(
      fc.property(elements, (some) => {
        const one = KindSet.of(...some);
        expect(KindSet.of(...[...some].reverse())).toBe(one);
        expect(some.reduce((all, element) => all.union(KindSet.of(element)), KindSet.empty)).toBe(one);
        expect(KindSet.withId(one.id)).toBe(one);
      }),
    );
    expect(KindSet.withId(-1)).toBe(KindSet.empty);
    expect(KindSet.empty.id).toBe(0);
  });

  it('does as the sets of its members do', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(members(a.union(b))).toEqual(new Set([...inA, ...inB]));
        expect(members(a.intersect(b))).toEqual(new Set([...inA].filter((one) => inB.has(one))));
        expect(members(a.without(b))).toEqual(new Set([...inA].filter((one) => !inB.has(one))));
        expect(a.meets(b)).toBe([...inA].some((one) => inB.has(one)));
        expect(a.includes(b)).toBe([...inB].every((one) => inA.has(one)));
        expect(a.isEmpty).toBe(inA.size === 0);
      }),
    );
  });

  it('is a distributive lattice', () => {
    fc.assert(
      fc.property(set, set, set, (a, b, c) => {
        expect(a.union(b)).toBe(b.union(a));
        expect(a.intersect(b)).toBe(b.intersect(a));
        expect(a.union(b).union(c)).toBe(a.union(b.union(c)));
        expect(a.intersect(b).intersect(c)).toBe(a.intersect(b.intersect(c)));
        expect(a.union(a)).toBe(a);
        expect(a.intersect(a)).toBe(a);
        expect(a.union(a.intersect(b))).toBe(a);
        expect(a.intersect(a.union(b))).toBe(a);
        expect(a.intersect(b.union(c))).toBe(a.intersect(b).union(a.intersect(c)));
        expect(a.union(KindSet.empty)).toBe(a);
        expect(a.intersect(KindSet.empty)).toBe(KindSet.empty);
      }),
    );
  });

  it('has an order that agrees with the operations', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        expect(a.includes(b)).toBe(a.union(b) === a);
        expect(a.includes(b)).toBe(a.intersect(b) === b);
        expect(a.meets(b)).toBe(a.intersect(b) !== KindSet.empty);
        expect(a.without(b).union(a.intersect(b))).toBe(a);
        expect(a.without(b).meets(b)).toBe(false);
        expect(a.includes(b) && b.includes(a)).toBe(a === b);
      }),
    );
  });
});
