import { afterEach, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../../event/index.ts';
import { sqlPayloads } from '../../testing/corpus/sql.ts';
import { sql } from '../index.ts';
import { forPg } from '../pg/index.ts';

let events: SecurityEvent[] = [];
const listen = () =>
  configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
let recorder = listen();

afterEach(() => {
  events = [];
  recorder = listen();
});

const columns = { price: 'p.price', name: sql`lower(p.name)`, createdAt: 'createdAt' };

async function order(input: unknown, max?: number): Promise<string> {
  const clause = sql.orderBy(input, columns, { default: ['name', '-price'], ...(max && { max }) });
  await recorder.flush();
  return forPg(sql`select ${clause}`).text.replace('select ', '');
}

describe('orderBy', () => {
  it.each([
    ['a key', 'price', 'order by "p"."price"'],
    ['a key with a minus', '-price', 'order by "p"."price" desc'],
    ['an expression', '-name', 'order by lower(p.name) desc'],
    ['a name in two cases', 'createdAt', 'order by "createdAt"'],
    ['several', '-price,name', 'order by "p"."price" desc, lower(p.name)'],
    ['a list', ['-price', 'name'], 'order by "p"."price" desc, lower(p.name)'],
    [
      'a list of lists',
      ['-price,name', 'createdAt'],
      'order by "p"."price" desc, lower(p.name), "createdAt"',
    ],
    ['spaces around', ' -price , name ', 'order by "p"."price" desc, lower(p.name)'],
    ['a key twice', 'price,-price', 'order by "p"."price"'],
    ['empty entries', ',price,', 'order by "p"."price"'],
    ['nothing', undefined, 'order by lower(p.name), "p"."price" desc'],
    ['empty text', '', 'order by lower(p.name), "p"."price" desc'],
    ['an empty list', [], 'order by lower(p.name), "p"."price" desc'],
  ])('follows %s, without a notice', async (_, input, clause) => {
    expect(await order(input)).toBe(clause);
    expect(events).toEqual([]);
  });

  it.each([
    ['an unknown key', 'password', 'order by lower(p.name), "p"."price" desc'],
    ['an unknown key beside a known one', 'password,-price', 'order by "p"."price" desc'],
    ['a direction in words', 'price desc', 'order by lower(p.name), "p"."price" desc'],
    ['two minus signs', '--price', 'order by lower(p.name), "p"."price" desc'],
    ['other case', 'PRICE', 'order by lower(p.name), "p"."price" desc'],
    ['an object', { price: 1 }, 'order by lower(p.name), "p"."price" desc'],
    ['a list of objects', [{ price: 1 }], 'order by lower(p.name), "p"."price" desc'],
    ['a number', 1, 'order by lower(p.name), "p"."price" desc'],
    ['constructor', 'constructor', 'order by lower(p.name), "p"."price" desc'],
    ['__proto__', '__proto__', 'order by lower(p.name), "p"."price" desc'],
    ['toString', '-toString', 'order by lower(p.name), "p"."price" desc'],
  ])('leaves out %s, with a notice', async (_, input, clause) => {
    expect(await order(input)).toBe(clause);
    expect(events).toMatchObject([{ code: 'sql/unknown-sort-key', severity: 'low' }]);
  });

  it.each([
    ['price', 'order by "price" nulls last'],
    ['-price', 'order by "price" desc nulls last'],
    ['cheap', 'order by lower(x) nulls first'],
    ['name', 'order by "name"'],
  ])('says where NULL stands: %s', (input, clause) => {
    const nullable = {
      price: { column: 'price', nulls: 'last' },
      cheap: { column: sql`lower(x)`, nulls: 'first' },
      name: 'name',
    } as const;
    const polluted = Object.prototype as { nulls?: string };
    polluted.nulls = 'first';
    try {
      const order = sql.orderBy(input, nullable, { default: 'name' });
      expect(forPg(sql`select ${order}`).text).toBe(`select ${clause}`);
    } finally {
      delete polluted.nulls;
    }
  });

  it.each(sqlPayloads)('is not changed by $kind: $name', async ({ payload }) => {
    // One payload begins with a key that is offered.
    const clauses = ['order by lower(p.name), "p"."price" desc', 'order by lower(p.name)'];
    expect(clauses).toContain(await order(payload));
  });

  it.each([
    ['-price', 'order by "price" desc, "id"'],
    ['price,name', 'order by "price", "name", "id"'],
    [undefined, 'order by "name", "id"'],
    ['password', 'order by "name", "id"'],
    ['id', 'order by "id"'],
    ['-id,price', 'order by "id" desc'],
    ['price,-id,name', 'order by "price", "id" desc'],
  ])('ends with the unique key, once: %s', (input, clause) => {
    const columns = { price: 'price', name: 'name', id: 'id' };
    const query = sql`select ${sql.orderBy(input, columns, { default: 'name', unique: 'id' })}`;
    expect(forPg(query).text).toBe(`select ${clause}`);
  });

  it('takes a descending unique key, and `undefined` for none', () => {
    const columns = { price: 'price', id: 'id' };
    const order = (unique: 'id' | '-id' | undefined) =>
      forPg(sql`select ${sql.orderBy('price', columns, { default: 'price', unique })}`).text;
    expect(order('-id')).toBe('select order by "price", "id" desc');
    expect(order(undefined)).toBe('select order by "price"');
  });

  it('keeps the unique key however many keys a client sends', () => {
    const columns = { a: 'a', b: 'b', id: 'id' };
    const query = sql`select ${sql.orderBy('a,b,a,b', columns, { default: 'a', unique: 'id', max: 1 })}`;
    expect(forPg(query).text).toBe('select order by "a", "id"');
  });

  it('reads as many keys as it is told to', async () => {
    expect(await order('price,name,createdAt', 2)).toBe('order by "p"."price", lower(p.name)');
    expect(await order(['x', 'y', 'price'], 2)).toBe('order by lower(p.name), "p"."price" desc');
  });

  it('says how to write a default of several keys', () => {
    const columns = { price: 'price', name: 'name' };
    const write = (list: unknown) => () => sql.orderBy('', columns, { default: list as 'name' });
    for (const list of ['-price,name', 'name, price', ['-price,name']]) {
      expect(write(list)).toThrow(
        expect.objectContaining({
          code: 'sql/invalid-sort',
          message: expect.stringContaining("`default` takes a list of keys: `['-price', 'name']`"),
        }),
      );
    }
    expect(write('other')).toThrow('The default names a key that is not among the columns.');
    expect(forPg(sql`select ${write(['-price', 'name'])()}`).text).toBe(
      'select order by "price" desc, "name"',
    );
  });

  it('takes long input', async () => {
    expect(await order('price,'.repeat(1_000_000))).toBe('order by "p"."price"');
    expect(await order(','.repeat(5_000_000))).toContain('order by');
    expect(await order('x'.repeat(5_000_000))).toContain('order by');
    expect(await order(new Array(1_000_000).fill('x'))).toContain('order by');
  });

  it.each([
    [
      'a default that is unknown',
      () => sql.orderBy('', { a: 'a' }, { default: 'b' as 'a' }),
      'sql/invalid-sort',
    ],
    ['a default of nothing', () => sql.orderBy('', { a: 'a' }, { default: [] }), 'sql/invalid-sort'],
    ['a key with a comma', () => sql.orderBy('', { 'a,b': 'a' }, { default: 'a,b' }), 'sql/invalid-sort'],
    ['a key with a minus', () => sql.orderBy('', { '-a': 'a' }, { default: '-a' }), 'sql/invalid-sort'],
    ['an empty key', () => sql.orderBy('', { '': 'a' }, { default: '' }), 'sql/invalid-sort'],
    ['a name with quotes', () => sql.orderBy('', { a: 'a" desc' }, { default: 'a' }), 'sql/invalid-name'],
    [
      'nulls in the middle',
      () => sql.orderBy('', { a: { column: 'a', nulls: 'middle' as 'last' } }, { default: 'a' }),
      'sql/invalid-sort',
    ],
    [
      'an object without a column',
      () => sql.orderBy('', { a: { nulls: 'last' } as never }, { default: 'a' as never }),
      'sql/invalid-sort',
    ],
    [
      'an unknown unique key',
      () => sql.orderBy('', { a: 'a' }, { default: 'a', unique: 'b' as 'a' }),
      'sql/invalid-sort',
    ],
    [
      'two unique keys',
      () => sql.orderBy('', { a: 'a', b: 'b' }, { default: 'a', unique: ['a', 'b'] as never }),
      'sql/invalid-sort',
    ],
    [
      'a unique key that can be NULL',
      () => sql.orderBy('', { a: { column: 'a', nulls: 'last' } }, { default: 'a', unique: 'a' }),
      'sql/invalid-sort',
    ],
    [
      'an unknown option',
      () => sql.orderBy('', { a: 'a' }, { default: 'a', uniqe: 'a' } as never),
      'bulwark/invalid-option',
    ],
    ['no options', () => sql.orderBy('', { a: 'a' }, undefined as never), 'bulwark/invalid-option'],
    ['no default', () => sql.orderBy('', { a: 'a' }, {} as never), 'sql/invalid-sort'],
    ['max of 0', () => sql.orderBy('', { a: 'a' }, { default: 'a', max: 0 }), 'bulwark/invalid-option'],
    ['max of 17', () => sql.orderBy('', { a: 'a' }, { default: 'a', max: 17 }), 'bulwark/invalid-option'],
  ])('is a mistake with %s, whatever the input', (_, write, code) => {
    expect(write).toThrow(expect.objectContaining({ name: 'Misuse', code }));
  });
});
