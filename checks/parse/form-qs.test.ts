import fc from 'fast-check';
import qs from 'qs';
import { describe, expect, it } from 'vitest';
import { parseForm } from '../../lib/parse/index.ts';

/** With prototypes again, for comparisons. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what qs writes', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((one) => one.isWellFormed() && !one.includes('\0'));
  const key = fc.stringMatching(/^[a-z]{1,5}$/).filter((one) => one !== 'proto');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.array(text, { minLength: 1 }),
      fc.dictionary(key, tie('tree'), { minKeys: 1 }),
    ),
  }));

  it.each(['indices', 'brackets'] as const)('is read again, with %s', (arrayFormat) => {
    fc.assert(
      fc.property(fc.dictionary(key, tree), (fields) => {
        const written = qs.stringify(fields, { arrayFormat });
        expect(plain(parseForm(written, { nested: true }))).toEqual(plain(fields));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what qs reads wrong', () => {
  it('is refused here (the control)', () => {
    // A list that becomes a record once an index is large.
    expect(qs.parse('a[0]=x&a[999]=y')).toEqual({ a: { 0: 'x', 999: 'y' } });
    expect(() => parseForm('a[0]=x&a[999]=y', { nested: true })).toThrow(/not valid/);
    // A string that becomes a list.
    expect(qs.parse('to=ada&to=mallory')).toEqual({ to: ['ada', 'mallory'] });
    expect(() => parseForm('to=ada&to=mallory')).toThrow(/twice/);
    // Parameters that are dropped.
    const many = Array.from({ length: 1_001 }, (_, i) => `f${i}=1`).join('&');
    expect(Object.keys(qs.parse(many))).toHaveLength(1_000);
    expect(() => parseForm(many)).toThrow(/limit/);
    // Bytes that are no UTF-8.
    expect(qs.parse('a=%C0%AF')).toEqual({ a: '%C0%AF' });
    expect(() => parseForm('a=%C0%AF')).toThrow(/text/);
  });
});
