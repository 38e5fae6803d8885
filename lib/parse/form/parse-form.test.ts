import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hostileForms, ordinaryForms } from '../../../checks/parse/form-cases.ts';
import type { FormFields } from './form-value.ts';
import { parseForm, parseQuery } from './parse-form.ts';

function refused(run: () => unknown): unknown {
  try {
    return { accepted: run() };
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

/** With prototypes again, for comparisons. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a form that is refused', () => {
  it.each(hostileForms.map((one) => [one.text.slice(0, 60), one.why, one] as const))(
    '%s (%s)',
    (_, __, one) => {
      const { text, options = {}, code } = one;
      expect(refused(() => parseForm(text, options))).toBe(`parse/${code}`);
      expect(
        refused(() => parseQuery(`?${text}`, { ...options, maxBytes: options.maxBytes ?? 1_000_000 })),
      ).toBe(`parse/${code}`);
      if (text.isWellFormed())
        expect(refused(() => parseForm(Buffer.from(text), options))).toBe(`parse/${code}`);
    },
  );

  it('says where', () => {
    try {
      parseQuery('?to=ada&amount=5&to=mallory');
      expect.unreachable();
    } catch (error) {
      expect((error as { detail: unknown }).detail).toEqual({
        format: 'query',
        key: 'to',
        line: 1,
        column: 18,
      });
    }
  });

  it.each([[undefined], [null], [{ a: '1' }], [['a=1']], [1]])('%j is neither text nor bytes', (input) => {
    expect(refused(() => parseForm(input as never))).toBe('parse/invalid-syntax');
  });
});

describe('a form that is read', () => {
  it.each(ordinaryForms)('%s', (text, options, expected) => {
    expect(plain(parseForm(text, options ?? {}))).toEqual(expected);
    expect(plain(parseForm(Buffer.from(text), options ?? {}))).toEqual(expected);
    expect(plain(parseQuery(`?${text}`, options ?? {}))).toEqual(expected);
    expect(plain(parseQuery(new URLSearchParams(text), options ?? {}))).toEqual(expected);
  });

  it('inherits nothing', () => {
    const fields = parseQuery('a[b]=1', { nested: true });
    expect(fields['constructor']).toBeUndefined();
    expect((fields['a'] as FormFields)['toString']).toBeUndefined();
  });

  it('keeps a question mark that is part of a name', () => {
    expect(plain(parseForm('?a=1'))).toEqual({ '?a': '1' });
    expect(plain(parseQuery('??a=1'))).toEqual({ '?a': '1' });
  });

  it('accepts a thousand parameters', () => {
    const text = Array.from({ length: 1_000 }, (_, i) => `f${i}=${i}`).join('&');
    expect(Object.keys(parseForm(text))).toHaveLength(1_000);
    expect(parseForm('a[]=1&'.repeat(1_000), { nested: true })['a']).toHaveLength(1_000);
  });
});

describe('a schema', () => {
  it('of zod gets the parsed value', () => {
    const schema = z.object({
      ...{ q: z.string(), page: z.coerce.number().int().default(1), tag: z.array(z.string()).default([]) },
      sizes: z.record(z.string(), z.coerce.number()).optional(),
    });
    expect(parseQuery('?q=a&tag=b', { schema, lists: ['tag'] })).toEqual({ q: 'a', page: 1, tag: ['b'] });
    const nested = { schema, nested: true, records: ['sizes'] };
    expect(parseForm('q=a&page=2&sizes[38]=1', nested)).toEqual({
      q: 'a',
      page: 2,
      tag: [],
      sizes: { '38': 1 },
    });
    expect(refused(() => parseQuery('?q=a&page=x', { schema }))).toBe('parse/invalid-data');
    expect(refused(() => parseQuery('?q[$ne]=', { schema, nested: true }))).toBe('parse/invalid-data');
  });

  it('of valibot gets the parsed value', () => {
    const schema = v.strictObject({
      address: v.object({ zip: v.string() }),
      more: v.optional(v.record(v.string(), v.string())),
    });
    expect(parseForm('address[zip]=1&more[a]=b', { schema, nested: true })).toEqual({
      address: { zip: '1' },
      more: { a: 'b' },
    });
    expect(refused(() => parseForm('address=1', { schema, nested: true }))).toBe('parse/invalid-data');
  });
});

describe('options', () => {
  it.each([
    { lists: 'tag' },
    { lists: [1] },
    { nested: 'yes' },
    { records: ['a'] },
    { maxDepth: 3 },
    { nested: true, maxDepth: 99 },
  ])('refuses %j', (options) => {
    expect(refused(() => parseForm('', options as never))).toBe('bulwark/invalid-option');
  });
});

describe('any form', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !text.includes('proto') && !text.includes('\0'));
  const value = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed() && !text.includes('\0'));

  it('that URLSearchParams writes is read back', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value), (fields) => {
        expect(plain(parseForm(new URLSearchParams(fields).toString()))).toEqual(plain(fields));
      }),
      { numRuns: 300 },
    );
  });

  it('made of hostile pieces ends in fields or a refusal, and pollutes nothing', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '[',
      ']',
      '[]',
      '[0]',
      '[1]',
      '%5B',
      '%5D',
      '=',
      '&',
      '__proto__',
      'constructor',
      'prototype',
      '.',
      '%00',
      '%',
      '+',
      '1',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const outcome = refused(() => parseForm(pieces.join(''), { nested: true }));
        expect(typeof outcome === 'object' || String(outcome).startsWith('parse/')).toBe(true);
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(JSON.stringify(outcome)).not.toContain('"__proto__":');
      }),
      { numRuns: 5_000 },
    );
  });
});
