import { decode as decodeMsgpack, encode as encodeMsgpack } from '@msgpack/msgpack';
import { decode as decodeCbor, encode as encodeCbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cborAttacks, msgpackAttacks } from '../../../checks/parse/binary-attacks.ts';
import { configureEvents } from '../../event/index.ts';
import { parseCbor } from '../cbor/index.ts';
import { parseMsgpack } from '../msgpack/index.ts';

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
    // The other encoder writes -0 as the integer 0.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array({ maxLength: 300 }).map((data) => Uint8Array.from(data)),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(
      fc
        .oneof(fc.string(), fc.constantFrom('constructor', 'toString', 'length'))
        .filter((key) => key !== '__proto__' && key !== 'prototype'),
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

  it('refuses the input cut off anywhere', () => {
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

  it('returns names such as toString as own properties', () => {
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

  it('copies shared memory, which another thread may change', () => {
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

  it('accepts non-finite numbers if they are allowed', () => {
    expect(parse(encode([Number.NaN, Number.POSITIVE_INFINITY]), { allowNonFinite: true })).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('refuses values that are not input', () => {
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

/** Numbers that another decoder returns as bigints. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
