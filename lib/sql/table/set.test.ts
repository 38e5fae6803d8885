import { describe, expect, it } from 'vitest';
import { Misuse } from '../../refusal/misuse.ts';
import { Refusal } from '../../refusal/refusal.ts';
import { mysql } from '../dialect/mysql.ts';
import { postgres } from '../dialect/postgres.ts';
import { sqlite } from '../dialect/sqlite.ts';
import { sql } from '../index.ts';
import { render } from '../render/render.ts';

const users = sql.table('users', {
  id: 'integer | default',
  name: 'string',
  born: 'date | null',
  admin: 'boolean',
});
const set = sql.set as (...args: readonly unknown[]) => ReturnType<typeof sql.set>;
const refusal = (code: string) => expect.objectContaining({ constructor: Refusal, code });

describe('set', () => {
  it.each([
    [postgres, 'update "users" set "name" = $1, "born" = $2 where "users"."id" = $3'],
    [mysql, 'update `users` set `name` = ?, `born` = ? where `users`.`id` = ?'],
    [sqlite, 'update `users` set `name` = ?, `born` = ? where `users`.`id` = ?'],
  ])('writes bare names, in the order of the list', (dialect, text) => {
    const record = { born: null, name: 'Ann' };
    const query = sql`update ${users} set ${sql.set(users, ['name', 'born'], record)} where ${users.id} = ${7}`;
    expect(render(query, dialect)).toMatchObject({ text, values: ['Ann', null, 7] });
  });

  it('leaves alone what the record does not have', () => {
    expect(render(set(users, ['name', 'born'], { born: '2024-01-01' }), postgres)).toMatchObject({
      text: '"born" = $1',
      values: ['2024-01-01'],
    });
  });

  it.each([
    ['no key', {}, 'sql/nothing-to-set'],
    ['another column', { admin: true }, 'sql/unknown-column'],
    ['another column beside', { name: 'Ann', admin: true }, 'sql/unknown-column'],
    ['__proto__', JSON.parse('{"__proto__": {"name": "x"}}'), 'sql/unknown-column'],
    ['inherited keys', Object.create({ name: 'x' }), 'sql/nothing-to-set'],
    ['undefined', { name: undefined }, 'sql/missing-value'],
    ['null where none is taken', { name: null }, 'sql/wrong-type'],
    ['another type', { name: 7 }, 'sql/wrong-type'],
    ['a list', [{ name: 'Ann' }], 'sql/wrong-type'],
    ['an empty list', [], 'sql/wrong-type'],
    ['text', 'name', 'sql/wrong-type'],
    ['null', null, 'sql/wrong-type'],
    ['nothing', undefined, 'sql/wrong-type'],
    ['a fragment', sql`admin = true`, 'sql/wrong-type'],
    ['a Map', new Map([['name', 'x']]), 'sql/nothing-to-set'],
    ['a date', new Date(), 'sql/nothing-to-set'],
  ])('refuses a record with %s', (_, record, code) => {
    expect(() => set(users, ['name', 'born'], record)).toThrow(refusal(code));
    expect(render(set(users, ['name', 'born'], { name: 'Ann' }), postgres).values).toEqual(['Ann']);
  });

  it('leaves other keys out where that is wanted', () => {
    const record = JSON.parse('{"name":"Ann","admin":true,"__proto__":{"born":null}}');
    expect(render(set(users, ['name', 'born'], record, { extra: 'ignore' }), postgres)).toMatchObject({
      text: '"name" = $1',
      values: ['Ann'],
    });
    expect(() => set(users, ['name'], { admin: true }, { extra: 'ignore' })).toThrow(
      refusal('sql/nothing-to-set'),
    );
  });

  it('takes a list of columns', () => {
    for (const columns of [[], ['nope'], ['name', 'name'], 'name', undefined]) {
      expect(() => set(users, columns, { name: 'Ann' })).toThrow(
        expect.objectContaining({ constructor: Misuse, code: 'sql/wrong-columns' }),
      );
    }
  });

  it('has a text of its own where it stands in a template', () => {
    const changed = { name: sql`upper(${users.name})` };
    expect(
      render(sql`update users set ${sql.set(users, ['name'], changed)}, seen = now()`, postgres).text,
    ).toBe('update users set "name" = upper("users"."name"), seen = now()');
  });
});
