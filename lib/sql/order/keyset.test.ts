import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { type Keyring, keyring } from '../../secrets/index.ts';
import { sqlPayloads } from '../../testing/corpus/sql.ts';
import { type KeysetOptions, sql } from '../index.ts';
import { forMysql2 } from '../mysql2/index.ts';
import { forPg } from '../pg/index.ts';

beforeAll(() => void configureEvents({ sinks: [] }));

const columns = {
  price: { column: 'p.price', type: 'decimal' },
  name: { column: sql`lower(p.name)`, type: 'string', nulls: 'last' },
  id: { column: 'p.id', type: 'integer' },
} as const;
type Options = Partial<KeysetOptions<keyof typeof columns>>;

const keyset = (options: Options = {}) =>
  sql.keyset(columns, { unique: 'id', size: 2, default: '-price', ...options });
const cursorOf = (...content: unknown[]) => Buffer.from(JSON.stringify(content)).toString('base64url');
const whereOf = (options: Options) => {
  const { text, values } = forPg(sql`where ${keyset(options).where}`);
  return { text: text.replace('where ', ''), values };
};
const secret = 'this is not random, but long enough';
const badCursor = expect.objectContaining({ name: 'Refusal', code: 'sql/bad-cursor', status: 400 });
const rowsOf = (...keys: readonly unknown[][]) =>
  keys.map((key, id) => ({ id, page_key: JSON.stringify(key) }));

describe('sql.keyset', () => {
  it('writes a first page', () => {
    const page = keyset();
    expect(
      forPg(sql`select name, ${page.key} from products p where ${page.where} ${page.orderBy} ${page.limit}`),
    ).toMatchObject({
      text:
        'select name, cast(json_build_array(cast("p"."price" as text), cast("p"."id" as text)) as text) as page_key ' +
        'from products p where true order by "p"."price" desc, "p"."id" limit $1',
      values: [3],
    });
  });

  it('writes the page behind a cursor', () => {
    expect(whereOf({ after: cursorOf('-price,id', '12.50', '7') })).toEqual({
      text:
        '("p"."price" <= cast($1 as numeric) and ("p"."price" < cast($2 as numeric) or ("p"."price" = cast($3 as numeric) ' +
        'and "p"."id" > cast($4 as bigint))))',
      values: ['12.50', '12.50', '12.50', '7'],
    });
    expect(whereOf({ sort: 'name', after: cursorOf('name,id', 'x', '7') })).toEqual({
      text: '(((lower(p.name)) > $1 or (lower(p.name)) is null) or ((lower(p.name)) = $2 and "p"."id" > cast($3 as bigint)))',
      values: ['x', 'x', '7'],
    });
    expect(whereOf({ sort: 'name', after: cursorOf('name,id', null, '7') })).toEqual({
      text: '(false or ((lower(p.name)) is null and "p"."id" > cast($1 as bigint)))',
      values: ['7'],
    });
    expect(whereOf({ sort: '-id,name', after: cursorOf('-id', '7') })).toEqual({
      text: '"p"."id" < cast($1 as bigint)',
      values: ['7'],
    });
  });

  it('has the unique key last, once, and nothing behind it', () => {
    const orderOf = (options: Options) => forPg(sql`select 1 ${keyset(options).orderBy}`).text;
    expect(orderOf({ sort: 'id,price' })).toBe('select 1 order by "p"."id"');
    expect(orderOf({ sort: 'price,-id,name' })).toBe('select 1 order by "p"."price", "p"."id" desc');
    expect(orderOf({ sort: 'password', unique: '-id' })).toBe(
      'select 1 order by "p"."price" desc, "p"."id" desc',
    );
    expect(orderOf({ sort: 'name' })).toBe('select 1 order by lower(p.name) nulls last, "p"."id"');
    expect(orderOf({ default: undefined })).toBe('select 1 order by "p"."id"');
  });

  it.each(['', undefined, null])('starts at the first page with %j for a cursor', (after) => {
    expect(whereOf({ after })).toEqual({ text: 'true', values: [] });
  });

  it('gives rows and a cursor', () => {
    const page = keyset();
    const three = rowsOf(['3', '1'], ['2.50', '2'], ['1', '3']);
    expect(page.take(three)).toEqual({
      rows: [{ id: 0 }, { id: 1 }],
      next: cursorOf('-price,id', '2.50', '2'),
    });
    expect(page.take(three.slice(0, 2))).toEqual({ rows: [{ id: 0 }, { id: 1 }], next: undefined });
    expect(page.take([])).toEqual({ rows: [], next: undefined });
    const parsed = three.map((row) => ({ ...row, page_key: JSON.parse(row.page_key) }));
    expect(page.take(parsed).next).toBe(page.take(three).next);
  });

  it.each([
    ['a number', 7],
    ['a list', [cursorOf('-price,id', '1', '7')]],
    ['an object', { price: '1' }],
    ['no base64url', 'a+b='],
    ['no JSON', 'aaaa'],
    ['an object in JSON', Buffer.from('{"0":"-price,id"}').toString('base64url')],
    ['another order', cursorOf('price,id', '1', '7')],
    ['too few values', cursorOf('-price,id', '1')],
    ['too many values', cursorOf('-price,id', '1', '7', '8')],
    ['a number for a text', cursorOf('-price,id', 1, '7')],
    ['an object for a text', cursorOf('-price,id', { toString: 1 }, '7')],
    ['null where none can be', cursorOf('-price,id', null, '7')],
    ['a word for a number', cursorOf('-price,id', 'free', '7')],
    ['a number that is too great', cursorOf('-price,id', '1', '9'.repeat(20))],
    ['a long text', `W${'a'.repeat(5000)}`],
    ['very long text', 'a'.repeat(5_000_000)],
    ['deep JSON', Buffer.from('['.repeat(3000)).toString('base64url')],
  ])('refuses %s', (_, after) => {
    expect(() => keyset({ after })).toThrow(
      expect.objectContaining({ name: 'Refusal', code: 'sql/bad-cursor', status: 400 }),
    );
    expect(() => keyset({ after: cursorOf('-price,id', '1', '7') })).not.toThrow();
  });

  it('refuses texts that no database stores', () => {
    for (const text of ['\0', '\ud800']) {
      const after = cursorOf('name,id', text, '7');
      expect(() => keyset({ sort: 'name', after })).toThrow(
        expect.objectContaining({ code: 'sql/bad-cursor' }),
      );
    }
  });

  it.each(sqlPayloads)('binds or refuses $kind: $name', ({ payload }) => {
    const { text } = whereOf({ sort: 'name', after: cursorOf('name,id', 'x', '7') });
    for (const after of [payload, cursorOf('name,id', payload, '7'), cursorOf('name,id', 'x', payload)]) {
      let where: ReturnType<typeof whereOf>;
      try {
        where = whereOf({ sort: 'name', after });
      } catch (error) {
        expect(error).toMatchObject({ name: 'Refusal', code: 'sql/bad-cursor' });
        continue;
      }
      expect(where.text).toBe(payload === '' && after === '' ? 'true' : text);
    }
  });

  it('is not filled in by a polluted prototype', () => {
    const polluted = Object.prototype as { after?: string; nulls?: string };
    polluted.after = cursorOf('-price,id', '1', '7');
    polluted.nulls = 'first';
    try {
      expect(whereOf({}).text).toBe('true');
      expect(forPg(sql`select 1 ${keyset().orderBy}`).text).not.toContain('nulls');
    } finally {
      delete polluted.after;
      delete polluted.nulls;
    }
  });
});

describe('the secret of sql.keyset', () => {
  const rows = rowsOf(['3', '1'], ['2.50', '2'], ['1', '3']);
  const next = (of: string | string[], options: Options = {}) =>
    keyset({ secret: of, ...options }).take(rows).next as string;

  it('seals what is in a cursor', () => {
    const cursor = next(secret);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('2.50');
    expect(next(secret)).not.toBe(cursor);
    expect(whereOf({ secret, after: cursor }).values).toEqual(['2.50', '2.50', '2.50', '2']);
  });

  it('lets another one take its place', () => {
    const later = 'z'.repeat(32);
    expect(whereOf({ secret: [later, secret], after: next(secret) }).values).toContain('2.50');
    expect(() => keyset({ secret: later, after: next(secret) })).toThrow(badCursor);
  });

  it('refuses cursors without it, cut off, changed, and of another order', () => {
    const cursor = next(secret);
    const bytes = Buffer.from(cursor, 'base64url');
    const changed = [...bytes.keys()].map((at) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString('base64url');
    });
    const short = [...bytes.keys()].map((at) => bytes.subarray(0, at).toString('base64url')).filter(Boolean);
    for (const after of [cursorOf('-price,id', '1', '7'), ...changed, ...short]) {
      expect(() => keyset({ secret, after })).toThrow(badCursor);
    }
    expect(() => keyset({ secret, sort: 'price', after: cursor })).toThrow(badCursor);
    expect(() => keyset({ after: cursor })).toThrow(badCursor);
  });
});

describe('the keys of sql.keyset', () => {
  const rows = rowsOf(['3', '1'], ['2.50', '2'], ['1', '3']);
  const former = new Uint8Array(32).map((_, at) => 7 * at + 3);
  const newer = new Uint8Array(32).map((_, at) => 11 * at + 5);
  const next = (keys: Keyring) => keyset({ keys }).take(rows).next as string;

  it('seal the cursor, and rotate', () => {
    const cursor = next(keyring(former));
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain('2.50');
    expect(whereOf({ keys: keyring(former), after: cursor }).values).toContain('2.50');
    expect(whereOf({ keys: keyring(newer, former), after: cursor }).values).toContain('2.50');
    expect(() => keyset({ keys: keyring(newer), after: cursor })).toThrow(badCursor);
    expect(() => keyset({ secret, after: cursor })).toThrow(badCursor);
  });
});

describe('a mistake with sql.keyset', () => {
  const make = (changes: object, given: object = columns) =>
    sql.keyset(given as typeof columns, { unique: 'id', size: 2, ...changes } as never);

  it.each([
    ['a size of 0', () => make({ size: 0 }), 'bulwark/invalid-option'],
    ['a size of 1001', () => make({ size: 1001 }), 'bulwark/invalid-option'],
    ['a size in text', () => make({ size: '20' }), 'bulwark/invalid-option'],
    ['keys that are none', () => make({ keys: 'x'.repeat(32) }), 'bulwark/invalid-option'],
    [
      'keys beside a secret',
      () => make({ keys: keyring(new Uint8Array(32).map((_, at) => 7 * at + 3)), secret }),
      'bulwark/invalid-option',
    ],
    ['a short secret', () => make({ secret: 'short' }), 'bulwark/invalid-option'],
    ['no secret in a list', () => make({ secret: [] }), 'bulwark/invalid-option'],
    ['an unknown unique key', () => make({ unique: 'sku' }), 'sql/invalid-keyset'],
    ['two unique keys', () => make({ unique: ['id', 'price'] }), 'sql/invalid-keyset'],
    ['a unique key that can be NULL', () => make({ unique: 'name' }), 'sql/invalid-keyset'],
    ['an unknown default', () => make({ default: 'sku' }), 'sql/invalid-sort'],
    ['a column without a type', () => make({}, { id: { column: 'id' } }), 'sql/invalid-keyset'],
    ['a column that is a name alone', () => make({}, { id: 'id' }), 'sql/invalid-keyset'],
    ['another type', () => make({}, { id: { column: 'id', type: 'bytes' } }), 'sql/invalid-keyset'],
    [
      'other nulls',
      () => make({}, { id: { column: 'id', type: 'integer', nulls: 'end' } }),
      'sql/invalid-sort',
    ],
    ['rows without the key', () => make({}).take([{}, {}, {}]), 'sql/invalid-keyset'],
    ['more rows than the limit', () => make({}).take([{}, {}, {}, {}]), 'sql/invalid-keyset'],
    ['a value of another type', () => make({}).take(rowsOf(['a'], ['a'], ['a'])), 'sql/invalid-keyset'],
    ['NULL without nulls', () => make({}).take(rowsOf([null], [null], [null])), 'sql/invalid-keyset'],
    [
      'a value too long for a cursor',
      () => make({ sort: 'name' }).take(rowsOf(...new Array(3).fill(['x'.repeat(5000), '1']))),
      'sql/invalid-keyset',
    ],
  ])('is %s', (_, write, code) => {
    expect(write).toThrow(expect.objectContaining({ name: 'Misuse', code }));
    expect(() => make({})).not.toThrow();
  });

  it('is none with whole numbers that MySQL has and PostgreSQL has not', () => {
    const after = cursorOf('id', String(2n ** 64n - 1n));
    const { where } = make({ after });
    expect(forPg(sql`where ${where}`).text).toContain('as numeric');
    expect(forMysql2(sql`where ${where}`).sql).toContain('as unsigned');
  });
});
