import { encode as encodeMsgpack } from '@msgpack/msgpack';
import { encode as encodeCbor } from 'cborg';
import { describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { parseCbor, standardTags } from '../cbor/index.ts';
import { parseMsgpack, timestamp } from '../msgpack/index.ts';

configureEvents({ sinks: [] });
const bytes = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });

describe('maps', () => {
  it('may have integer keys, like those of COSE', () => {
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
  it('are read if they are listed', () => {
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

  it('have synchronous readers: a promise is a mistake, and its rejection is handled', async () => {
    const rejections: unknown[] = [];
    const listen = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', listen);
    const read = async (): Promise<never> => {
      throw new Error('too late');
    };
    const mistake = expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' });
    expect(() => parseCbor(bytes('c100'), { allowTags: { 1: read } })).toThrow(mistake);
    expect(() => parseMsgpack(bytes('d4 07 00'), { allowExtensions: { 7: read } })).toThrow(mistake);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', listen);
    expect(rejections).toEqual([]);
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
