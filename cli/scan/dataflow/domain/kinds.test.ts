import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sinkIds } from '../../sinks/sink-kinds.ts';
import type { KindSet } from './kind-set.ts';
import {
  addressChecked,
  addressPinned,
  allKinds,
  cleanOfBoth,
  dnEscaped,
  harmlessIn,
  kinds,
  noDoubleQuote,
  noKinds,
  noSingleQuote,
  noTag,
  notUp,
  shellQuoted,
} from './kinds.ts';

const markers = [dnEscaped, shellQuoted, noTag, notUp, noDoubleQuote, noSingleQuote];
const parts: readonly KindSet[] = [
  ...sinkIds.map((kind) => kinds(kind)),
  ...markers,
  addressChecked,
  addressPinned,
  allKinds,
];
const clean: fc.Arbitrary<KindSet> = fc
  .subarray([...parts])
  .map((some) => some.reduce((all, one) => all.union(one), noKinds));

it('gives no element to a kind and a marker both', () => {
  let seen = noKinds;
  for (const one of [...markers, allKinds]) {
    expect(seen.meets(one)).toBe(false);
    seen = seen.union(one);
  }
});

it('knows of each kind what is harmless for it', () => {
  for (const kind of sinkIds) {
    expect(kinds(kind)).not.toBe(noKinds);
    expect(allKinds.includes(kinds(kind))).toBe(true);
    expect(kinds(kind).meets(harmlessIn(kind))).toBe(true);
    expect(allKinds.meets(harmlessIn(kind))).toBe(true);
  }
});

it('takes a checked address for less than a host that is harmless', () => {
  expect(addressChecked.meets(harmlessIn('ssrf'))).toBe(false);
  expect(addressChecked.meets(harmlessIn('ssrf', true))).toBe(false);
  expect(addressPinned.meets(harmlessIn('ssrf'))).toBe(false);
  expect(addressPinned.meets(harmlessIn('ssrf', true))).toBe(true);
  expect(kinds('ssrf').meets(harmlessIn('ssrf'))).toBe(true);
  expect(kinds('ssrf').includes(addressChecked.union(addressPinned))).toBe(true);
  expect(kinds('redirect').meets(kinds('ssrf'))).toBe(false);
});

it('takes of two values what is so of both, in any order', () => {
  fc.assert(
    fc.property(clean, clean, (a, b) => {
      const both = cleanOfBoth(a, b);
      expect(both).toBe(cleanOfBoth(b, a));
      expect(both.includes(a.intersect(b))).toBe(true);
      expect(a.union(b).includes(both)).toBe(true);
      expect(cleanOfBoth(a, a)).toBe(a);
      expect(cleanOfBoth(both, b).intersect(allKinds)).toBe(both.intersect(allKinds));
    }),
  );
});

it('keeps the missing signs of a text that is met by one harmless everywhere', () => {
  expect(cleanOfBoth(allKinds, noTag)).toBe(noTag);
  expect(cleanOfBoth(noTag, allKinds)).toBe(noTag);
  expect(cleanOfBoth(allKinds, notUp)).toBe(noKinds);
  expect(cleanOfBoth(kinds('sql'), noTag)).toBe(noKinds);
});
