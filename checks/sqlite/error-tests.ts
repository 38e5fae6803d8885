import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DatabaseError, driverErrorOf, type Sql, sql } from '../../lib/sql/index.ts';
import type { SqliteClient } from '../machine/sqlite.ts';
import { temporary } from './temporary.ts';

const secret = 'hunter2-and-more';

const schema = `
  create table users (id integer primary key, email text unique not null, age integer check (age > 0),
    constraint grown check (age < 200));
  create unique index by_length on users (length(email) + id * 0, age);
  create table orders (user integer references users (id));
  create table strict_ones (n integer) strict;
  create trigger no_delete before delete on users begin select raise(abort, 'hunter2-and-more stays'); end;
  create virtual table pages using fts5 (body);
  insert into users (id, email, age) values (1, '${secret}', 7);
  pragma foreign_keys = on;`;

const cases: readonly (readonly [name: string, query: Sql, is: Record<string, unknown>])[] = [
  [
    'unique',
    sql`insert into users (email) values (${secret})`,
    {
      kind: 'unique',
      table: 'users',
      column: 'email',
      databaseCode: 'SQLITE_CONSTRAINT_UNIQUE',
      status: 409,
    },
  ],
  [
    'an index on an expression',
    sql`insert into users (email, age) values (${secret.toUpperCase()}, 7)`,
    { kind: 'unique', constraint: 'by_length' },
  ],
  ['a primary key', sql`insert into users (id, email) values (1, ${'b'})`, { kind: 'unique', column: 'id' }],
  ['a foreign key', sql`insert into orders (user) values (${99})`, { kind: 'foreign-key', status: 409 }],
  [
    'not null',
    sql`insert into users (email) values (${null})`,
    { kind: 'not-null', table: 'users', column: 'email', status: 400 },
  ],
  [
    'a named check',
    sql`insert into users (email, age) values (${secret}, 300)`,
    { kind: 'check', constraint: 'grown' },
  ],
  [
    'a check',
    sql`insert into users (email, age) values (${'c'}, -1)`,
    { kind: 'check', constraint: 'age > 0' },
  ],
  [
    'a strict type',
    sql`insert into strict_ones (n) values (${secret})`,
    { kind: 'data', table: 'strict_ones', column: 'n' },
  ],
  ['a rowid that is text', sql`insert into users (id, email) values (${secret}, 'd')`, { kind: 'data' }],
  ['a trigger', sql`delete from users where email = ${secret}`, { kind: 'check', constraint: undefined }],
  ['JSON', sql`select json(${`{${secret}`})`, { kind: 'data', status: 400 }],
  ['a search text', sql`select * from pages where pages match ${`"${secret}`}`, { kind: 'data' }],
  ['an overflow', sql`select abs(${-(2n ** 63n)})`, { kind: 'data' }],
  ['a pattern', sql`select 'a' like ${'%a'.repeat(30_000)}`, { kind: 'data' }],
  ['an unknown table', sql`select * from nowhere where a = ${secret}`, { kind: 'schema', status: 500 }],
  ['a word out of place', sql`selec * from users where email = ${secret}`, { kind: 'schema' }],
];

export function errorTests(client: SqliteClient): void {
  const open = temporary(client);

  describe('an error', () => {
    it.each(cases)('names what it is about, and no value: %s', async (_, query, is) => {
      const { db, exec } = open();
      exec(schema);
      const error: unknown = await db.all(query).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DatabaseError);
      expect(error).toMatchObject(is);
      const shown = `${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`;
      expect(shown).not.toMatch(/hunter2/i);
      expect(driverErrorOf(error as DatabaseError)).toBeInstanceOf(Error);
    });

    it('is none where the statement is good', async () => {
      const { db, exec } = open();
      exec(schema);
      expect(await db.execute(sql`insert into users (email, age) values (${'e'}, ${8})`)).toBe(1);
      expect(await db.all(sql`select * from pages where pages match ${'word'}`)).toEqual([]);
    });
  });
}
