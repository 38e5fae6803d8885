import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../event/record.ts';
import { decodeData, encodeData } from './session-data.ts';

quietByDefault();

const limits = { maxBytes: 10_000 };
const encode = (value: unknown): unknown => encodeData({ key: value }, limits)['key'];

describe('encodeData', () => {
  it('returns what was written, frozen', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const { key } = decodeData<{ key: unknown }>(encodeData({ key: value }, { maxBytes: 1_000_000 }));
        expect(key).toEqual(JSON.parse(JSON.stringify(value)));
        expect(Object.isFrozen(key)).toBe(true);
      }),
    );
  });

  it.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a set', [new Set()]],
    ['an instance', new (class Cart {})()],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a bigint', 1n],
    ['NaN', Number.NaN],
    ['Infinity', { deep: [Number.POSITIVE_INFINITY] }],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['a hole', new Array(2)],
    ['an object with toJSON', { toJSON: () => 'other' }],
    ['a list with toJSON', Object.assign([1], { toJSON: () => 'other' })],
    ['a buffer', new Uint8Array(2)],
    ['an error', new Error('a')],
    ['an inherited record', Object.create({ a: 1 })],
    ['a boxed string', new String('a')],
  ])('refuses %s', (_, value) => {
    expect(() => encode(value)).toThrow(expect.objectContaining({ code: 'session/invalid-data' }));
  });

  it('accepts what JSON can express', () => {
    const value = {
      a: [1, -0.5, 1e300, null, true, ''],
      b: Object.assign(Object.create(null), { c: 'd' }),
      e: undefined,
    };
    expect(encode(value)).toBe('{"a":[1,-0.5,1e+300,null,true,""],"b":{"c":"d"}}');
    expect(encode({ constructor: 'a', prototype: 'b', toString: 'c' })).toBe(
      '{"constructor":"a","prototype":"b","toString":"c"}',
    );
  });

  it.each(['{"__proto__":{"isAdmin":true}}', '[[{"a":{"__proto__":1}}]]'])(
    'refuses the key __proto__ in %s',
    (json) => {
      expect(() => encode(JSON.parse(json))).toThrow(expect.objectContaining({ code: 'session/unsafe-key' }));
      expect(encode(JSON.parse(json.replaceAll('__proto__', 'proto')))).toBe(
        json.replaceAll('__proto__', 'proto'),
      );
    },
  );

  it('refuses __proto__ as a key of its own, as a body of JSON may have it', () => {
    expect(() => encodeData(JSON.parse('{"__proto__":1}'), limits)).toThrow(
      expect.objectContaining({ code: 'session/unsafe-key' }),
    );
    expect(Object.keys(encodeData(JSON.parse('{"proto":1}'), limits))).toEqual(['proto']);
  });

  it.each(['', 'a b', '\u00fc', 'a\0', 'x'.repeat(65)])('refuses the key %j', (key) => {
    expect(() => encodeData(JSON.parse(`{${JSON.stringify(key)}:1}`), limits)).toThrow(
      expect.objectContaining({ code: 'session/invalid-data' }),
    );
  });

  it('bounds bytes, levels and keys', () => {
    const tooLarge = expect.objectContaining({ code: 'session/too-large' });
    expect(() => encode('x'.repeat(10_000))).toThrow(tooLarge);
    expect(() => encode('\ud83d\ude00'.repeat(3_000))).toThrow(tooLarge);
    expect(() => encode('\0'.repeat(3_000))).toThrow(tooLarge);
    expect(encode('x'.repeat(9_000))).toHaveLength(9_002);
    const nest = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    expect(() => encode(nest(33))).toThrow(tooLarge);
    expect(() => encode(nest(3_000))).toThrow(tooLarge);
    expect(encode(nest(32))).toHaveLength(64);
    const keys = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]));
    expect(() => encodeData(keys(129), limits)).toThrow(tooLarge);
    expect(Object.keys(encodeData(keys(128), limits))).toHaveLength(128);
  });

  it('ends on a loop, and on references that multiply', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => encode(loop)).toThrow(expect.objectContaining({ code: 'session/too-large' }));
    let bomb: unknown = 'lol';
    for (let level = 0; level < 30; level++) bomb = [bomb, bomb, bomb, bomb];
    expect(() => encode(bomb)).toThrow(expect.objectContaining({ code: 'session/too-large' }));
  });
});
