import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { sql } from '../index.ts';
import { forPg } from '../pg/index.ts';
import type { SqlValue } from './sql-value.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const bind = (value: unknown): unknown => forPg(sql`select ${value as SqlValue}::text[]`).values[0];

const sparse: unknown[] = [1];
sparse[2] = 3;

class Heir<T> extends Array<T> {
  override map(): never[] {
    return [];
  }
}

function notAsked(): never {
  throw new Error('It was asked.');
}

/** One answer the first time, and another one after that. */
function changing(first: unknown = 1, then: unknown = { evil: true }): () => unknown {
  let read = 0;
  return () => (read++ === 0 ? first : then);
}

function proxyOf(list: unknown[]): unknown[] {
  const answer = changing();
  return new Proxy(list, { get: (of, key) => (key === '0' ? answer() : Reflect.get(of, key)) });
}

describe('a value', () => {
  it.each([
    ['an object', {}, 'sql/object-as-value'],
    ['an object with toPostgres', { toPostgres: 'x' }, 'sql/object-as-value'],
    ['an object without a prototype', Object.create(null), 'sql/object-as-value'],
    ['a buffer that went through JSON', JSON.parse('{"type":"Buffer","data":[1]}'), 'sql/object-as-value'],
    ['a boxed string', Object('x'), 'sql/object-as-value'],
    ['a map', new Map(), 'sql/object-as-value'],
    ['a proxy that answers nothing', new Proxy({}, { ownKeys: () => notAsked() }), 'sql/object-as-value'],
    ['a promise', Promise.resolve(1), 'sql/object-as-value'],
    ['a list in a list', [[1]], 'sql/object-as-value'],
    ['an object in a list', [1, {}], 'sql/object-as-value'],
    ['a float array', new Float64Array(1), 'sql/object-as-value'],
    ['undefined', undefined, 'sql/missing-value'],
    ['undefined in a list', [1, undefined], 'sql/missing-value'],
    ['a gap in a list', sparse, 'sql/missing-value'],
    ['NaN', Number.NaN, 'sql/invalid-value'],
    ['Infinity', Number.POSITIVE_INFINITY, 'sql/invalid-value'],
    ['NaN in a list', [Number.NaN], 'sql/invalid-value'],
    ['a date that is none', new Date('x'), 'sql/invalid-value'],
    ['NUL', 'a\0b', 'sql/unstorable-text'],
    ['half of a pair', 'a\ud83d', 'sql/unstorable-text'],
    ['the other half', '\udc4da', 'sql/unstorable-text'],
    ['halves the wrong way round', '\udc4d\ud83d', 'sql/unstorable-text'],
    ['NUL in a list', ['a', '\0'], 'sql/unstorable-text'],
  ])('is refused: %s', (_, value, code) => {
    expect(() => bind(value)).toThrow(expect.objectContaining({ name: 'Refusal', code, status: 400 }));
  });

  it.each([
    ['a function', () => 'x'],
    ['a symbol', Symbol('x')],
    ['a function in a list', [() => 1]],
  ])('is a mistake: %s', (_, value) => {
    expect(() => bind(value)).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'sql/unsupported-value' }),
    );
  });

  it.each([
    ['text', "x' or '1'='1"],
    ['empty text', ''],
    ['a whole pair', '\ud83d\udc4d'],
    ['text about NUL', '\\0 \\u0000'],
    ['a number', 1.5],
    ['zero', 0],
    ['a bigint', 2n ** 70n],
    ['a boolean', false],
    ['null', null],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array([0, 1])],
    ['a buffer', Buffer.from('x')],
    ['a list', ['a', 'b', null]],
    ['an empty list', []],
    ['a date of another realm', runInNewContext('new Date(0)')],
    ['a list of another realm', runInNewContext('[1, 2]')],
  ])('is bound: %s', (_, value) => {
    expect(bind(value)).toEqual(value);
  });

  it.each([
    ['a getter', Object.defineProperty([0], 0, { get: changing() })],
    ['a proxy', proxyOf([0])],
    ['a map of its own', Object.assign([1], { map: () => [{ evil: true }] })],
    ['an iterator of its own', Object.assign([1], { *[Symbol.iterator]() {} })],
    ['an heir of Array', Heir.of(1)],
  ])('is read once, and a plain list then: %s', (_, list) => {
    const bound = bind(list);
    expect(bound).toEqual([1]);
    expect(Object.getPrototypeOf(bound)).toBe(Array.prototype);
    expect(Object.getOwnPropertyNames(bound)).toEqual(['0', 'length']);
  });

  it('is refused where the first reading of a list is no value', () => {
    const list = Object.defineProperty([0], 0, { get: changing({}, 1) });
    expect(() => bind(list)).toThrow(expect.objectContaining({ code: 'sql/object-as-value' }));
  });

  it('is the time of a date, whatever the date says', () => {
    const date = Object.assign(new Date(0), { getTime: () => Number.NaN, toISOString: () => "'" });
    expect(bind(date)).toEqual(new Date(0));
    expect(Object.keys(bind([date]) as object)).toEqual(['0']);
    expect(Object.keys((bind([date]) as Date[])[0] as Date)).toEqual([]);
    const none = Object.assign(new Date('x'), { getTime: () => 0 });
    expect(() => bind(none)).toThrow(expect.objectContaining({ code: 'sql/invalid-value' }));
  });

  it('is looked at in time that grows with its length', () => {
    expect(() => bind('\ud83d\udc4d'.repeat(2_000_000))).not.toThrow();
    expect(() => bind(`${"'".repeat(4_000_000)}\0`)).toThrow();
  });

  it('of bytes of another realm is bound as bytes of this one', () => {
    const bytes = bind(runInNewContext('new Uint8Array([0, 255])'));
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect([...(bytes as Uint8Array)]).toEqual([0, 255]);
    const own = new Uint8Array([1]);
    expect(bind(own)).toBe(own);
  });
});
