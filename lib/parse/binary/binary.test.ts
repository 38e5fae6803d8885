import { decode as decodeMsgpack, encode as encodeMsgpack } from '@msgpack/msgpack';
import { decode as decodeCbor, encode as encodeCbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cborAttacks, msgpackAttacks } from '../../../checks/parse/binary-attacks.ts';
import { configureEvents } from '../../event/index.ts';
import { parseCbor, standardTags } from '../cbor/index.ts';
import { parseMsgpack, timestamp } from '../msgpack/index.ts';

configureEvents({ sinks: [] });
const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });

const formats = [
  {
    ...{
      name: 'MessagePack',
      attacks: msgpackAttacks,
      parse: parseMsgpack,
      encode: (value: unknown) => encodeMsgpack(value, { useBigInt64: true, maxDepth: 500 }),
    },
    decode: (input: Uint8Array) => decodeMsgpack(input, { useBigInt64: true }),
  },
  {
    ...{
      name: 'CBOR',
      attacks: cborAttacks,
      parse: parseCbor,
      encode: (value: unknown) => encodeCbor(value),
    },
    decode: (input: Uint8Array) =>
      decodeCbor(input, { rejectDuplicateMapKeys: true, allowIndefinite: false, allowUndefined: false }),
  },
] as const;

/** Values of both formats, with the names of properties that are inherited. */
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      127,
      128,
      255,
      256,
      65_535,
      65_536,
      2 ** 32 - 1,
      2 ** 32,
      -32,
      -33,
      -129,
      -32_769,
      -(2 ** 31) - 1,
    ),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 300 }).map((data) => Uint8Array.from(data)),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(
      fc
        .oneof(fc.string(), fc.constantFrom('constructor', 'toString', 'length'))
        .filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value;

describe.each(formats)('$name', ({ attacks, parse, encode, decode }) => {
  it.each(attacks)('refuses $name', ({ hex, code }) => {
    expect(() => parse(bytes(hex))).toThrow(refused(code));
    expect(Object.prototype).not.toHaveProperty('a');
  });

  it('reads what another encoder writes', () => {
    fc.assert(
      fc.property(value, (original) => {
        expect(parse(encode(original))).toEqual(original);
      }),
      { numRuns: 300 },
    );
  });

  it('reads integers beyond 2^53 - 1 as bigints, and others as numbers', () => {
    for (const original of [2n ** 53n, 2n ** 64n - 1n, -(2n ** 53n), -(2n ** 63n)]) {
      expect(parse(encode(original))).toBe(original);
    }
    for (const original of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
      expect(parse(encode(original))).toBe(original);
  });

  it('agrees with another decoder on any bytes, or refuses them', () => {
    let agreed = 0;
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.tuple(value, fc.nat(), fc.nat(255)).map(([original, at, byte]) => {
        const encoded = Uint8Array.from(encode(original));
        encoded[at % encoded.length] = byte;
        return encoded;
      }),
    );
    fc.assert(
      fc.property(noise, (input) => {
        let ours: unknown;
        try {
          ours = parse(input);
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
          return;
        }
        expect(ours).toEqual(plain(decode(input)));
        agreed++;
      }),
      { numRuns: 1_500 },
    );
    expect(agreed).toBeGreaterThan(100);
  });

  it('refuses every cut', () => {
    const whole = encode({ a: [1, 'two', { b: 3.5, c: new Uint8Array(40) }], d: 2 ** 40 });
    for (let length = 0; length < whole.byteLength; length++) {
      expect(() => parse(whole.subarray(0, length))).toThrow(refused('parse/invalid-syntax'));
    }
    expect(parse(whole)).toHaveProperty('d', 2 ** 40);
  });

  it('accepts what is just within the limits', () => {
    const nest = (depth: number): unknown => (depth === 0 ? 1 : [nest(depth - 1)]);
    expect(parse(encode(nest(64)))).toEqual(nest(64));
    expect(parse(encode(nest(400)), { maxDepth: 400 })).toEqual(nest(400));
    expect(parse(encode(new Array(100_000).fill(1)))).toHaveLength(100_000);
    const entries = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`k${n}`, n]));
    expect(parse(encode(entries))).toEqual(entries);
    expect(() => parse(encode([1, 2, 3]), { maxItems: 2 })).toThrow(refused('parse/too-many'));
    expect(() => parse(encode({ a: 1, b: 2 }), { maxKeys: 1 })).toThrow(refused('parse/too-many'));
    expect(() => parse(encode([[[]]]), { maxDepth: 2 })).toThrow(refused('parse/too-deep'));
  });

  it('gives names of the language as own properties', () => {
    const result = parse(encode({ constructor: 'Ferrari', toString: 1, prototype: 2 }));
    expect(Object.entries(result as object).sort()).toEqual([
      ['constructor', 'Ferrari'],
      ['prototype', 2],
      ['toString', 1],
    ]);
  });

  it.each([Uint8Array, Buffer])('copies binary data out of the input', (type) => {
    const input = type.from(encode(new Uint8Array([1, 2, 3])));
    const result = parse(input) as Uint8Array;
    input.fill(0);
    expect(result).toEqual(new Uint8Array([1, 2, 3]));
    expect(result.buffer.byteLength).toBe(3);
  });

  it('reads shared memory, which another thread may change', () => {
    const encoded = encode({ a: 'b' });
    const memory = new Uint8Array(new SharedArrayBuffer(encoded.byteLength));
    memory.set(encoded);
    expect(parse(memory)).toEqual({ a: 'b' });
  });

  it('is typed and validated by its schema', () => {
    const schema = z.object({ id: z.number() });
    expect(parse(encode({ id: 7 }), { schema }).id + 1).toBe(8);
    expect(() => parse(encode({ id: 'x' }), { schema })).toThrow(refused('parse/invalid-data'));
  });

  it('accepts non-finite numbers where that is allowed', () => {
    expect(parse(encode([Number.NaN, Number.POSITIVE_INFINITY]), { allowNonFinite: true })).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('minds what is no input', () => {
    for (const input of ['a', undefined, null, [1], new ArrayBuffer(1)]) {
      expect(() => parse(input as never)).toThrow(refused('parse/invalid-syntax'));
    }
    expect(() => parse(Promise.resolve() as never)).toThrow(expect.objectContaining({ name: 'Misuse' }));
  });

  it.each([{ maxDepth: 501 }, { maxItems: -1 }, { maps: 1 }, { schema: {} }, { allowTag: {} }])(
    'minds the options %j',
    (options) => {
      expect(() => parse(encode(1), options as never)).toThrow(
        expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' }),
      );
    },
  );
});

describe('maps', () => {
  it('may have keys that are integers, as those of COSE have', () => {
    const key = new Map<unknown, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array([1])],
      ['kid', 'a'],
    ]);
    expect(parseCbor(encodeCbor(key), { maps: true })).toEqual(key);
    expect(parseMsgpack(bytes('82 01 a161 ff a162'), { maps: true })).toEqual(
      new Map([
        [1, 'a'],
        [-1, 'b'],
      ]),
    );
  });

  it.each([
    ['a key twice', 'a2 01 02 01 03', 'parse/duplicate-key'],
    ['a key twice, as a float', 'a2 01 02 f93c00 03', 'parse/duplicate-key'],
    ['__proto__', 'a1 69 5f5f70726f746f5f5f 01', 'parse/dangerous-key'],
    ['a key that is an object', 'a1 a0 01', 'parse/not-allowed'],
    ['a key that is NaN', 'a1 f97e00 01', 'parse/invalid-number'],
    ['a key that is no integer', 'a1 f93e00 01', 'parse/not-allowed'],
    ['a key beyond 2^53 - 1', 'a1 1bffffffffffffffff 01', 'parse/not-allowed'],
  ])('must not have %s', (_, hex, code) => {
    expect(() => parseCbor(bytes(hex), { maps: true })).toThrow(refused(code));
  });
});

describe('extensions and tags', () => {
  it('are read where they are listed', () => {
    const allowExtensions = { [-1]: timestamp, 7: (data: Uint8Array) => Buffer.from(data).toString() };
    for (const date of [
      '1970-01-01T00:00:00.000Z',
      '2026-12-01T12:00:00.250Z',
      '2600-01-01T00:00:00.000Z',
      '1900-01-01T00:00:00.500Z',
    ]) {
      expect(parseMsgpack(encodeMsgpack(new Date(date)), { allowExtensions })).toEqual(new Date(date));
    }
    expect(parseMsgpack(bytes('c7 03 07 616263'), { allowExtensions })).toBe('abc');
    expect(() => parseMsgpack(bytes('d4 08 00'), { allowExtensions })).toThrow(refused('parse/not-allowed'));
  });

  it.each(['d4 ff 00', 'd7 ff ffffffffffffffff', 'c7 0c ff 00000000 7fffffffffffffff'])(
    'refuses the timestamp %s',
    (hex) => {
      expect(() => parseMsgpack(bytes(hex), { allowExtensions: { [-1]: timestamp } })).toThrow(
        refused('parse/invalid-syntax'),
      );
    },
  );

  it.each([
    ['c0 74 323032362d31322d30315431323a30303a30305a', new Date('2026-12-01T12:00:00Z')],
    ['c1 1a 6a000000', new Date(0x6a000000 * 1000)],
    ['c1 fb 41d452d9ec200000', new Date(1_363_896_240_500)],
    ['c2 49 010000000000000000', 2n ** 64n],
    ['c3 49 010000000000000000', -1n - 2n ** 64n],
    ['c2 40', 0n],
  ])('reads the tag of %s', (hex, result) => {
    expect(parseCbor(bytes(hex), { allowTags: standardTags })).toEqual(result);
  });

  it.each([
    'c0 61 61',
    'c0 01',
    'c1 61 31',
    'c1 1b001fffffffffffff',
    'c2 01',
    `c2 59 0401 ${'01'.repeat(1_025)}`,
  ])('refuses the tag of %s', (hex) => {
    expect(() => parseCbor(bytes(hex), { allowTags: standardTags })).toThrow(refused('parse/invalid-syntax'));
  });

  it('count towards the depth', () => {
    const allowTags = { 1: (content: unknown) => content };
    expect(parseCbor(bytes(`${'c1'.repeat(64)}00`), { allowTags })).toBe(0);
    expect(() => parseCbor(bytes(`${'c1'.repeat(65)}00`), { allowTags })).toThrow(refused('parse/too-deep'));
  });

  it('are listed by number', () => {
    for (const list of [
      { a: () => 1 },
      { 128: () => 1 },
      { 1.5: () => 1 },
      { '01': () => 1 },
      { 1: 1 },
      [() => 1],
    ]) {
      expect(() => parseMsgpack(bytes('c0'), { allowExtensions: list as never })).toThrow(
        expect.objectContaining({ name: 'Misuse' }),
      );
    }
    const inherited = Object.create({ 1: () => 1 });
    expect(() => parseCbor(bytes('c100'), { allowTags: inherited })).toThrow(refused('parse/not-allowed'));
  });
});

/** Numbers that another decoder gives as bigints. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
