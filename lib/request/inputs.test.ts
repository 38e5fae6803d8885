import { describe, expect, it } from 'vitest';
import { currentInputs, withRequest } from './context.ts';
import { collectInputs, inputBounds } from './inputs.ts';

const texts = (parts: object): string[] => collectInputs(parts).strings.map(({ text }) => text);

describe('the inputs of a request', () => {
  it('are its strings, and the names in its objects, with their places', () => {
    const { strings, complete } = collectInputs({ query: { 'a b': ['c d', { e: 'f g' }] }, body: 'h i' });
    expect(strings).toEqual([
      { text: 'a b', source: 'query.a b' },
      { text: 'h i', source: 'body' },
      { text: 'c d', source: 'query.a b' },
      { text: 'f g', source: 'query.a b.e' },
    ]);
    expect(complete).toBe(true);
  });

  it('leave out plain words, numbers and what was seen before', () => {
    expect(texts({ q: ['abc', 'a_1', '\u00fcber', 12, null, true, 'a b', 'a b', ''] })).toEqual(['a b']);
  });

  it('are decoded as applications do', () => {
    expect(texts({ q: 'a%2520b' })).toEqual(['a%2520b', 'a%20b', 'a b']);
    expect(texts({ q: 'a%C0%A7b%ff' })).toContain("a'b\u00ff");
    expect(texts({ q: 'a%u0027b' })).toContain("a'b");
    expect(texts({ q: 'a&#39;b&quot;' })).toContain('a\'b"');
    expect(texts({ q: '{"a":["b c"]}' })).toContain('b c');
    expect(texts({ q: Buffer.from('a or b').toString('base64') })).toEqual(['a or b']);
    expect(texts({ q: "a'+or+b" })).toContain("a' or b");
  });

  it('are stripped as applications do', () => {
    expect(texts({ q: "x\\' or 1" })).toEqual(["x\\' or 1", "x' or 1"]);
    expect(texts({ q: 'a\\\\ b' })).toContain('a\\ b');
    expect(texts({ q: "x' un<b>ion sel<i a>ect 1" })).toContain("x' union select 1");
    expect(texts({ q: 'a <b or c <script' })).toContain('a ');
    expect(texts({ q: '1 < 2 un<b>ion' })).toEqual(expect.arrayContaining(['1 ion', '1 < 2 union']));
    expect(texts({ q: "x\\' un<b>ion" })).toContain("x' union");
    expect(texts({ q: 'x%27 un%3Cb%3Eion' })).toContain("x' union");
    // Nothing to strip, nothing more to compare.
    expect(texts({ q: 'a > b' })).toEqual(['a > b']);
    expect(texts({ q: '1 < 2' })).toEqual(['1 < 2']);
  });

  it.each([
    ['open tags', '<'],
    ['tags', '<b>'],
    ['backslashes', '\\'],
    ['letters in tags', '<a'],
  ])('are stripped in time that grows with their length: %s', (_, part) => {
    const start = process.cpuUsage();
    for (let i = 0; i < 20; i++) texts({ q: part.repeat(99_000 / part.length) });
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(3000);
  });

  it('are bounded, and say so', () => {
    const many = collectInputs({ many: Array.from({ length: inputBounds.strings + 5 }, (_, i) => `a ${i}`) });
    expect([many.strings.length, many.complete]).toEqual([inputBounds.strings, false]);
    const long = collectInputs({ a: ' a'.repeat(inputBounds.characters), b: 'b c' });
    expect(long.complete).toBe(false);
    expect(long.strings).toEqual([{ text: 'b c', source: 'b' }]);
    let deep: object = { q: 'a b' };
    for (let i = 0; i < 100; i++) deep = { deep };
    expect(collectInputs(deep)).toMatchObject({ strings: [], complete: false });
    const round: Record<string, unknown> = { q: 'a b' };
    round['self'] = round;
    expect(collectInputs({ round })).toMatchObject({ strings: [{ text: 'a b' }], complete: true });
    expect(collectInputs({ list: Array.from({ length: 300_000 }, () => 'a') }).complete).toBe(false);
  });

  it('keep what was made of them, once for each key', () => {
    const inputs = collectInputs({ q: 'a b' });
    let made = 0;
    const make = (): number | undefined => (++made === 1 ? undefined : made);
    const key = {};
    expect([inputs.keep(key, make), inputs.keep(key, make), inputs.keep({}, make)]).toEqual([
      undefined,
      undefined,
      2,
    ]);
    expect(collectInputs({ q: 'a b' }).keep(key, make)).toBe(3);
  });

  it('run no code of the objects that they are read from', () => {
    const trap = Object.defineProperty({}, 'q', {
      enumerable: true,
      get() {
        throw new Error('read');
      },
    });
    expect(texts({ trap })).toEqual([]);
  });
});

describe('currentInputs', () => {
  it('is the same until there is more, and nothing outside of a request', () => {
    expect(currentInputs()).toBeUndefined();
    expect(withRequest({}, () => currentInputs())).toBeUndefined();
    const parts: { query: object; body?: unknown } = { query: { q: 'a b' } };
    let asked = 0;
    const inputs = (): object => {
      asked++;
      return { ...parts };
    };
    withRequest({ inputs }, () => {
      expect(asked).toBe(0);
      const first = currentInputs();
      expect(currentInputs()).toBe(first);
      parts.body = { name: 'c d' };
      expect(currentInputs()?.strings.map(({ text }) => text)).toEqual(['a b', 'c d']);
      expect(currentInputs()?.objects.has(parts.body as object)).toBe(true);
    });
  });
});
