import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';
import { readJson } from './read-json.ts';

function refused(run: () => unknown): unknown {
  try {
    return { accepted: run() };
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

describe('a polluted prototype', () => {
  const prototype = Object.prototype as Record<string, unknown>;
  afterEach(() => {
    for (const name of ['extra', 'maxBytes', 'schema', 'prototype']) delete prototype[name];
  });

  it('changes neither the limits nor what is found', () => {
    Object.assign(prototype, { extra: 1, maxBytes: 1, schema: null, prototype: {} });
    expect(parseJson('{"a":1,"b":{}}', {})).toStrictEqual({ a: 1, b: {} });
    expect(Object.keys(parseJson('{"constructor":{}}') as object)).toEqual(['constructor']);
    expect(refused(() => parseJson('{"a":1,"a":2}'))).toBe('parse/duplicate-key');
    expect(parseJson('{"a":12345678901234567890}')).toStrictEqual({ a: 12_345_678_901_234_567_890n });
  });
});

describe('any JSON', () => {
  const noProto = fc
    .json({ maxDepth: 6 })
    .filter((text) => !text.includes('__proto__') && !/\\ud|\d{16}/.test(text));

  it('is what JSON.parse returns, however it is spelt', () => {
    fc.assert(
      fc.property(noProto, fc.constantFrom(0, 1, '\t'), (text, indent) => {
        const value = JSON.parse(text);
        const spelt = JSON.stringify(value, null, indent);
        expect(parseJson(spelt, { maxDepth: 100 })).toEqual(value);
        expect(parseJson(Buffer.from(spelt), { maxDepth: 100 })).toEqual(value);
        expect(readJson(spelt, 40)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('or almost JSON is accepted by both readers, or by neither', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        '\\u00',
        '\\u0061',
        '0',
        '1',
        '-',
        '.',
        'e',
        'E+',
        'a',
        'true',
        'null',
        ' ',
        '\n',
        '\t',
      ],
      ...['"a"', '"b":', '1.5', '\u00e9', '\u2028', '\u0000', '/', '{}', '[]'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let expected: unknown = JSON;
        try {
          expected = JSON.parse(text);
        } catch {}
        let read: unknown = JSON;
        try {
          read = readJson(text, 1_000);
        } catch {}
        const doubled = expected !== JSON && read === JSON;
        if (doubled)
          expect(refused(() => parseJson(text))).toMatch(/^parse\/(duplicate-key|invalid-number)$/);
        else expect(read).toEqual(expected);
      }),
      { numRuns: 20_000 },
    );
  });
});
