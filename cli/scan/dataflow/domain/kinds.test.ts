import { expect, it } from 'vitest';
import {
  addressChecked,
  addressPinned,
  allKinds,
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

it('gives no bit to a kind and a marker both', () => {
  const markers = [dnEscaped, shellQuoted, noTag, notUp, noDoubleQuote, noSingleQuote];
  const all = [...markers, allKinds].reduce((seen, one) => {
    expect(seen & one).toBe(noKinds);
    return seen | one;
  }, noKinds);
  expect(all).toBe(~noKinds);
});

it('takes a checked address for less than a host that is harmless', () => {
  expect(addressChecked & harmlessIn('ssrf')).toBe(noKinds);
  expect(addressChecked & harmlessIn('ssrf', true)).toBe(noKinds);
  expect(addressPinned & harmlessIn('ssrf')).toBe(noKinds);
  expect(addressPinned & harmlessIn('ssrf', true)).not.toBe(noKinds);
  expect(kinds('ssrf') & harmlessIn('ssrf')).not.toBe(noKinds);
  expect(kinds('ssrf') & addressChecked & addressPinned).toBe(noKinds);
  expect(kinds('redirect') & kinds('ssrf')).toBe(noKinds);
});
