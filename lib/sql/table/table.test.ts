import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/misuse.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { isSql, sql } from '../index.ts';
import { render } from '../render/render.ts';

const users = sql.table('shop.users', {
  id: 'integer | default',
  email: 'string',
  name: 'string | null',
});
const u = sql.as(users, 'u');

const text = (query: unknown, dialect: Parameters<typeof render>[1] = postgres) =>
  render(query, dialect).text;

describe('a table', () => {
  it.each([
    [postgres, 'select "shop"."users"."id" from "shop"."users"'],
    [mysql, 'select `shop`.`users`.`id` from `shop`.`users`'],
    [sqlite, 'select `shop`.`users`.`id` from `shop`.`users`'],
  ])('is its name in a hole, and its columns theirs', (dialect, expected) => {
    expect(text(sql`select ${users.id} from ${users}`, dialect)).toBe(expected);
  });

  it('has another name by `as`, in front of its columns too', () => {
    expect(text(sql`select ${u.id} from ${u} where ${u.name} = ${'Ann'}`)).toBe(
      'select "u"."id" from "shop"."users" as "u" where "u"."name" = $1',
    );
    expect(text(sql`update ${u} set x = 1`)).toBe('update "shop"."users" as "u" set x = 1');
    const again = sql.as(u, 'v');
    expect(text(sql`select ${again.id} from ${again}`)).toBe('select "v"."id" from "shop"."users" as "v"');
  });

  it('gives its columns to orderBy', () => {
    const sorted = sql.orderBy('-mail', { mail: u.email }, { default: 'mail' });
    expect(text(sql`select 1 from ${u} ${sorted}`)).toBe(
      'select 1 from "shop"."users" as "u" order by "u"."email" desc',
    );
  });

  it('may be called anything that a name can be', () => {
    const odd = sql.table('select', {
      as: 'any',
      // biome-ignore lint/suspicious/noThenProperty: a column may be called so
      then: 'any',
      constructor: 'any',
      ['__proto__']: 'any',
      toJSON: 'any',
      'two words': 'any',
    });
    expect(Object.keys(odd)).toEqual(['as', 'then', 'constructor', '__proto__', 'toJSON', 'two words']);
    const columns = Object.values(odd);
    expect(columns.every(isSql)).toBe(true);
    expect(text(sql`select ${sql.join(columns as never)} from ${odd}`, mysql)).toBe(
      'select `select`.`as`, `select`.`then`, `select`.`constructor`, `select`.`__proto__`, `select`.`toJSON`, ' +
        '`select`.`two words` from `select`',
    );
  });

  it.each([
    ['an injection', 'users; drop table users', { id: 'any' }, undefined],
    ['an empty name', '', { id: 'any' }, 'sql/invalid-name'],
    ['four parts', 'a.b.c.d', { id: 'any' }, 'sql/invalid-name'],
    ['a double quote', 'us"ers', { id: 'any' }, 'sql/invalid-name'],
    ['a NUL', 'us\0ers', { id: 'any' }, 'sql/invalid-name'],
    ['64 bytes', 'x'.repeat(64), { id: 'any' }, 'sql/invalid-name'],
    ['a dot in a column', 'users', { 'a.b': 'any' }, 'sql/invalid-name'],
    ['a double quote in a column', 'users', { 'a"b': 'any' }, 'sql/invalid-name'],
    ['an unknown type', 'users', { id: 'varchar' }, 'sql/invalid-column'],
    ['a list of JSON', 'users', { id: 'json[]' }, 'sql/invalid-column'],
    ['another order', 'users', { id: 'string | default | null' }, 'sql/invalid-column'],
    ['a type that is none', 'users', { id: 7 }, 'sql/invalid-column'],
    ['no columns', 'users', {}, 'sql/invalid-column'],
  ])('is checked where it is defined: %s', (_, name, columns, code) => {
    const define = () => sql.table(name, columns as never);
    if (code === undefined) expect(text(sql`select 1 from ${define()}`)).toBe(`select 1 from "${name}"`);
    else expect(define).toThrow(expect.objectContaining({ constructor: Misuse, code }));
  });

  it('refuses an alias that is no name', () => {
    expect(() => sql.as(users, 'a.b')).toThrow(expect.objectContaining({ code: 'sql/invalid-name' }));
    expect(() => sql.as(users, 'a" x')).toThrow(expect.objectContaining({ code: 'sql/invalid-name' }));
    expect(() => sql.as(sql`users` as never, 'u')).toThrow(
      expect.objectContaining({ code: 'sql/wrong-columns' }),
    );
    expect(() => sql.as({ ...users } as never, 'u')).toThrow(
      expect.objectContaining({ code: 'sql/wrong-columns' }),
    );
  });
});

describe('a column that a table does not have', () => {
  it.each(['nope', 'hasOwnProperty', '__proto__', 'Email', '0'])('is a Misuse: %s', (name) => {
    expect(() => (users as never as Record<string, unknown>)[name]).toThrow(
      expect.objectContaining({ code: 'sql/wrong-columns', message: expect.stringContaining('shop.users') }),
    );
    expect(() => (u as never as Record<string, unknown>)[name]).toThrow(
      expect.objectContaining({ code: 'sql/wrong-columns' }),
    );
    expect(isSql(users.email)).toBe(true);
  });

  it('cannot be added, and none can be changed', () => {
    expect(() => Object.assign(users, { email: sql`x` })).toThrow(TypeError);
    expect(() => Object.assign(users, { nope: sql`x` })).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(users, {})).toThrow(TypeError);
  });
});

describe('what asks any object for properties', () => {
  it('finds nothing that it would trip over', async () => {
    expect(await Promise.resolve(users)).toBe(users);
    expect(inspect(users)).toBe('Sql (table shop.users)');
    expect(inspect({ users })).toBe('{ users: Sql (table shop.users) }');
    expect(String(users)).toBe('[object Sql]');
    expect(`${users}`).toBe('[object Sql]');
    expect(JSON.parse(JSON.stringify(users))).toEqual({ id: {}, email: {}, name: {} });
    expect(users).toEqual(users);
    expect(() => expect(users).toEqual({ a: 1 })).toThrow(/expected/);
    expect('nope' in users).toBe(false);
    expect(users instanceof Error).toBe(false);
  });

  it('makes no table of a copy', () => {
    expect(isSql({ ...users })).toBe(false);
    expect(isSql(JSON.parse(JSON.stringify(users)))).toBe(false);
    expect(isSql(Object.create(users))).toBe(false);
    expect(isSql(users)).toBe(true);
  });
});
