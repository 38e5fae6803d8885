import { describe, expect, it } from 'vitest';
import { invalidJson, validJson } from '../../../checks/parse/json-cases.ts';
import { parseJson } from './parse-json.ts';
import { readJson } from './read-json.ts';

function refused(run: () => unknown): unknown {
  try {
    return { accepted: run() };
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

function detailOf(run: () => unknown): unknown {
  try {
    return { accepted: run() };
  } catch (error) {
    return (error as { detail?: unknown }).detail;
  }
}

describe('JSON that is not valid (JSONTestSuite)', () => {
  it.each(invalidJson)('%j is refused, as a string and as bytes', (text) => {
    expect(refused(() => parseJson(text))).toBe('parse/invalid-syntax');
    expect(refused(() => parseJson(Buffer.from(text)))).toBe('parse/invalid-syntax');
    expect(() => readJson(text.replace(/^\ufeff/, ''), 40)).toThrow();
  });

  it.each(validJson)('%j is what JSON.parse returns', (text) => {
    const expected = JSON.parse(text.replace(/^\ufeff/, ''));
    expect(parseJson(text)).toEqual(expected);
    expect(parseJson(Buffer.from(text))).toEqual(expected);
    expect(readJson(text.replace(/^\ufeff/, ''), 40)).toEqual(expected);
  });

  it('says where, and quotes nothing', () => {
    const text = '{\r\n  "name": "Ada",\n  "password": hunter2\n}';
    expect(detailOf(() => parseJson(text))).toEqual({
      ...{ format: 'json', reason: 'expected a value', line: 3, column: 15 },
    });
    expect(detailOf(() => parseJson('[1, 2'))).toMatchObject({
      reason: 'expected a comma or ]',
      line: 1,
      column: 6,
    });
    expect(detailOf(() => parseJson('"a'))).toMatchObject({
      reason: 'expected the closing quote of a string',
    });
  });
});

describe('names that occur twice (CWE-436, RFC 7493)', () => {
  const twice = [
    ...[
      '{"a":1,"a":2}',
      '{"a":1,"\\u0061":2}',
      '{"\\u0061":1,"a":1}',
      '[{"b":{"a":null,"x":0,"a":null}}]',
      '{"":1,"":2}',
    ],
    ...[
      '{"a":{},"a":{}}',
      '{"1":1,"1":2}',
      '{"a\\n":1,"a\\u000a":2}',
      '{"\u00e9":1,"\\u00E9":2}',
      '{"a:":":","a\\u003a":1}',
    ],
    ...[
      '{"role":"user","r\\u006fle":"admin"}',
      '{"\ud83d\ude00":1,"\\ud83d\\ude00":2}',
      '{"toString":1,"toString":2}',
    ],
  ];
  it.each(twice)('%s is refused', (text) => {
    expect(refused(() => parseJson(text))).toBe('parse/duplicate-key');
    expect(refused(() => parseJson(Buffer.from(text)))).toBe('parse/duplicate-key');
  });

  it('says where the second is', () => {
    expect(detailOf(() => parseJson('{"role": "user",\n "role": "admin"}'))).toEqual({
      ...{ format: 'json', key: 'role', line: 2, column: 2 },
    });
  });

  it('is found at any offset of the counting window', () => {
    for (let pad = 16_300; pad < 16_400; pad++) {
      const filler = 'x'.repeat(pad);
      for (const tail of ['\\\\', '\\"', '":"'.replaceAll('"', '\\"')]) {
        const once = `{"f":"${filler}${tail}","a":1}`;
        expect(parseJson(once)).toHaveProperty('a', 1);
        expect(refused(() => parseJson(`{"f":"${filler}${tail}","a":1,"a":1}`))).toBe('parse/duplicate-key');
      }
    }
  });

  it('accepts the same name in different objects', () => {
    expect(parseJson('[{"a":1},{"a":{"a":2}}]')).toEqual([{ a: 1 }, { a: { a: 2 } }]);
  });
});

describe('names that change prototypes (CWE-1321, CVE-2019-10744)', () => {
  const hostile = [
    ...[
      '{"__proto__":{"isAdmin":true}}',
      '{"\\u005f_proto__":1}',
      '{"__pr\\u006Fto__":null}',
      '[[{"a":{"__proto__":[]}}]]',
    ],
    ...[
      '{"\\u005f\\u005f\\u0070\\u0072\\u006f\\u0074\\u006f\\u005f\\u005f":1}',
      '{"__proto__":1,"__proto__":2}',
    ],
    ...[
      '{"constructor":{"prototype":{"isAdmin":true}}}',
      '{"\\u0063onstructor":{"prototype":1}}',
      '{"constructor":{"\\u0070rototype":1}}',
    ],
    ...['{"a":[{"constructor":{"x":1,"prototype":null}}]}', '{"__proto__":12345678901234567890}'],
  ];
  it.each(hostile)('%s is refused', (text) => {
    expect(refused(() => parseJson(text))).toBe('parse/dangerous-key');
    expect(refused(() => parseJson(Buffer.from(text)))).toBe('parse/dangerous-key');
  });

  it('accepts these words as values, and as names that do no harm', () => {
    const text = '{"constructor":"__proto__","prototype":"constructor","note":"constructor.prototype"}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });
});

describe('numbers', () => {
  it('keeps integers beyond 2^53 - 1 exactly', () => {
    expect(parseJson('[9007199254740991, 9007199254740992, 9007199254740993, -9007199254740993]')).toEqual([
      ...[9_007_199_254_740_991, 9_007_199_254_740_992n, 9_007_199_254_740_993n, -9_007_199_254_740_993n],
    ]);
    const id = '123456789012345678901234567890';
    expect(parseJson(`{"id":${id},"price":1.5}`)).toEqual({ id: BigInt(id), price: 1.5 });
  });

  it('keeps floating-point numbers as numbers', () => {
    expect(parseJson('[1e20, 12345678901234567890.0, 1.7976931348623157e308]')).toEqual([
      ...[1e20, Number('12345678901234567890.0'), Number.MAX_VALUE],
    ]);
  });

  it('refuses what overflows, and integers that are not allowed', () => {
    for (const text of ['1e400', '[-1e400]', '{"a":1e309}', `[1${'0'.repeat(400)}.5]`]) {
      expect(refused(() => parseJson(text))).toBe('parse/invalid-number');
    }
    expect(refused(() => parseJson('[9007199254740993]', { bigints: 'refuse' }))).toBe(
      'parse/invalid-number',
    );
    expect(parseJson('[9007199254740991]', { bigints: 'refuse' })).toEqual([9_007_199_254_740_991]);
    expect(refused(() => parseJson('1'.repeat(41)))).toBe('parse/invalid-number');
    expect(parseJson('1'.repeat(40))).toBe(BigInt('1'.repeat(40)));
    expect(parseJson('1'.repeat(41), { maxIntegerDigits: 41 })).toBe(BigInt('1'.repeat(41)));
  });
});

describe('text', () => {
  it('refuses bytes that are not UTF-8 (CWE-176)', () => {
    for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
      expect(refused(() => parseJson(Uint8Array.from([0x22, ...bytes, 0x22])))).toBe('parse/invalid-text');
    }
    expect(refused(() => parseJson(Buffer.from('"a"', 'utf16le')))).toBe('parse/invalid-syntax');
    expect(parseJson(Buffer.from('"\u20ac \ud83d\ude00"'))).toBe('\u20ac \ud83d\ude00');
  });

  it('refuses half a surrogate pair, written directly or as an escape', () => {
    for (const text of [
      '"\ud800"',
      '"\\ud800"',
      '"\\uDC00\\uD800"',
      '{"\\udfff":1}',
      '[["a\\uD83Db"]]',
      '{"a":"\\ud83d\\ud83d\\ude00"}',
    ]) {
      expect(refused(() => parseJson(text))).toBe('parse/invalid-text');
    }
    expect(parseJson('"\\ud83d\\ude00"')).toBe('\ud83d\ude00');
    expect(parseJson('"\\\\ud800"')).toBe('\\ud800');
  });

  it.each([[undefined], [null], [1], [{}], [['{}']], [new ArrayBuffer(2)]])(
    'refuses %j, which is not text',
    (input) => {
      expect(refused(() => parseJson(input as never))).toBe('parse/invalid-syntax');
    },
  );

  it('reports a forgotten await', () => {
    expect(() => parseJson(Promise.resolve('1') as never)).toThrow(/await/);
  });
});

describe('limits', () => {
  it('counts bytes before parsing', () => {
    expect(parseJson('"aa"', { maxBytes: 4 })).toBe('aa');
    expect(refused(() => parseJson('"aaa"', { maxBytes: 4 }))).toBe('parse/too-large');
    expect(parseJson('"\u20ac"', { maxBytes: 5 })).toBe('\u20ac');
    expect(parseJson('"\ud83d\ude00"', { maxBytes: 6 })).toBe('\ud83d\ude00');
    expect(refused(() => parseJson('"\ud83d\ude00"', { maxBytes: 5 }))).toBe('parse/too-large');
    expect(refused(() => parseJson('"\u20ac"', { maxBytes: 4 }))).toBe('parse/too-large');
    expect(refused(() => parseJson(Buffer.alloc(1_000_001, 32)))).toBe('parse/too-large');
  });

  it('counts levels, names and items', () => {
    const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(parseJson(nested(64))).toHaveLength(1);
    expect(refused(() => parseJson(nested(65)))).toBe('parse/too-deep');
    expect(refused(() => parseJson(nested(400_000)))).toBe('parse/too-deep');
    expect(refused(() => parseJson(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`))).toBe(
      'parse/too-deep',
    );
    expect(parseJson('1', { maxDepth: 0 })).toBe(1);
    expect(refused(() => parseJson('[]', { maxDepth: 0 }))).toBe('parse/too-deep');
    expect(parseJson('{"a":{"b":1},"c":[2]}', { maxKeys: 3, maxItems: 1 })).toEqual({ a: { b: 1 }, c: [2] });
    expect(detailOf(() => parseJson('{"a":{"b":1},"c":2}', { maxKeys: 2 }))).toEqual({
      ...{ format: 'json', what: 'maxKeys', most: 2 },
    });
    expect(refused(() => parseJson('[[1],[2]]', { maxItems: 3 }))).toBe('parse/too-many');
    expect(parseJson('[[1],[2]]', { maxItems: 4 })).toEqual([[1], [2]]);
  });

  it('takes linear time for input that is slow elsewhere', () => {
    const size = 400_000;
    const hostile = [
      ...[
        '['.repeat(size),
        '{"a":'.repeat(size / 5),
        `"${'\\"'.repeat(size / 2)}`,
        `"${'\\\\'.repeat(size / 2)}"`,
        '1'.repeat(size),
      ],
      ...[
        `[${'1e20,'.repeat(size / 5)}1]`,
        `${' '.repeat(size)}x`,
        `1e${'9'.repeat(size)}`,
        `0.${'0'.repeat(size)}1`,
      ],
      ...[
        `{${Array.from({ length: 30_000 }, (_, i) => `"k${i}":1`).join(',')},"k0":1}`,
        `[${'"\\\\",'.repeat(size / 5)}1e400]`,
      ],
    ];
    for (const text of hostile) {
      expect(['object', 'string']).toContain(typeof refused(() => parseJson(text, { maxItems: 1e6 })));
    }
  });
});

describe('options', () => {
  it.each([
    { maxBytes: 0 },
    { maxDepth: 1.5 },
    { maxDepth: 5_000 },
    { maxKeys: -1 },
    { maxItems: '1' },
    { bigints: true },
  ])('refuses %j', (options) => {
    expect(refused(() => parseJson('1', options as never))).toBe('bulwark/invalid-option');
  });
});
