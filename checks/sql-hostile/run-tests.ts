import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { isRefusal, Misuse } from '../../lib/refusal/index.ts';
import { type Database, DatabaseError, type Sql, sql } from '../../lib/sql/index.ts';
import { unstorable } from './hostile-texts.ts';
import { oddValues } from './odd-values.ts';
import { type Person, type Position, people } from './position.ts';
import { positions } from './positions.ts';

export type Dialect = 'postgres' | 'mysql' | 'sqlite';

export interface Opened {
  readonly db: Database;
  close(): Promise<void> | void;
}

/** Numbers of changed rows, ids that were found, or the code or kind of the error. */
type Result = number | readonly number[] | string;

const canary = [{ id: 1, name: 'canary', password: 'secret' }];
/** What a unique column of MariaDB holds. */
const long = 700;

/** Every position, run: what a text finds and stores is what JavaScript computes, and nothing else was touched. */
export function runTests(dialect: Dialect, texts: readonly string[], open: () => Promise<Opened>): void {
  let db: Database;
  let close: Opened['close'] = () => undefined;
  const here = positions.filter(({ only }) => only === undefined || only === dialect);
  const short = texts.filter((text) => text.length <= long);

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    ({ db, close } = await open());
    for (const statement of tables[dialect]) await db.execute(statement);
    for (const { id, name } of people)
      await db.execute(sql`insert into people (id, name) values (${id}, ${name})`);
    await db.execute(sql`insert into users (id, name, password) values (1, 'canary', 'secret')`);
  });

  afterAll(() => close());

  async function untouched(): Promise<void> {
    expect(await db.all(sql`select id, name from people order by id`)).toEqual(people);
    expect(await db.all(sql`select id, name, password from users`)).toEqual(canary);
  }

  async function result(write: () => Sql): Promise<Result> {
    try {
      const query = write();
      if (!reads(query)) return await db.execute(query);
      return (await db.all<Person>(query)).map(({ id }) => id).sort();
    } catch (error) {
      if (isRefusal(error) || error instanceof Misuse) return error.code;
      if (error instanceof DatabaseError) return `error: ${error.kind}`;
      throw error;
    }
  }

  const reading = here.filter(({ means }) => means !== undefined);
  it.each(reading.map((one) => [one.name, one] as const))(
    'a text finds what it is to find by %s',
    async (_, position) => {
      for (const text of short) {
        const found = await result(() => position.write(text as never));
        expect([text, found]).toEqual([text, meant(position, text, dialect)]);
      }
      await untouched();
    },
  );

  const writing = here.filter(({ means }) => means === undefined);
  it.each(writing.map((one) => [one.name, one] as const))(
    'a text changes nothing else by %s',
    async (_, position) => {
      const { stores } = position;
      let errors = 0;
      for (const text of short) {
        const found = await result(() => position.write(text as never));
        if (typeof found === 'string' && found.startsWith('error: ')) errors++;
        if (typeof found !== 'number' || found === 0) continue;
        if (stores !== undefined) {
          const column = sql.identifier(stores, ['name', 'note']);
          const rows = await db.all<{ value: string }>(sql`select ${column} as value from scratch`);
          expect(rows.map(({ value }) => value)).toContain(text);
        }
        await db.execute(sql`delete from scratch`);
      }
      if (stores !== undefined) expect(errors).toBe(0);
      await untouched();
    },
  );

  const anything = here.filter(({ textOnly }) => !textOnly);
  it.each(anything.map((one) => [one.name, one] as const))(
    'an odd value finds and changes nothing by %s',
    async (name, position) => {
      for (const odd of oddValues) {
        const { value, seen } = odd.make();
        const found = await result(() => position.write(value as never)).catch((error: unknown) => {
          if (!odd.throws && !odd.bytes) throw error;
          return String(error);
        });
        if (name === 'a hole' && Array.isArray(found)) expect([odd.name, found]).toEqual([odd.name, []]);
        if (!position.reads && !odd.bytes)
          expect(seen.filter((what) => !(odd.list && what.startsWith('get ')))).toEqual([]);
      }
      await db.execute(sql`delete from scratch`);
      await untouched();
    },
  );

  it('takes no statement that the tag did not make', async () => {
    for (const { name, make } of oddValues) {
      const { value, seen } = make();
      const query = value as Sql;
      const asked = [
        db.all(query),
        db.one(query),
        db.maybe(query),
        db.many(query),
        db.execute(query),
        db.stream(query).next(),
      ];
      for (const answer of await Promise.allSettled<unknown>(asked)) {
        expect([name, answer]).toMatchObject([
          name,
          { status: 'rejected', reason: { code: 'sql/string-built-query' } },
        ]);
      }
      expect(seen).toEqual([]);
    }
    await untouched();
  });
}

function meant(position: Position, text: string, dialect: Dialect): Result {
  const { harmless, like, means, refuses, takesAnyText } = position;
  if (refuses !== undefined && !harmless.includes(text)) return refuses;
  if (!takesAnyText && unstorable.test(text)) return 'sql/unstorable-text';
  const folds = like && dialect === 'sqlite' ? lower : (of: string) => of;
  return people.filter(({ id, name }) => means?.(folds(text), { id, name: folds(name) })).map(({ id }) => id);
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether it asks for rows: its text is what consoles show of it. */
function reads(query: Sql): boolean {
  return /^Sql `(?:select |\$\{\.\.\.\} )/.test(inspect(query));
}

const tables: Readonly<Record<Dialect, readonly Sql[]>> = {
  postgres: [
    sql`create table people (id integer primary key, name text not null, data jsonb)`,
    sql`create table users (id integer, name text, password text)`,
    sql`create table scratch (id serial, name text unique, note text, data jsonb, born timestamptz, paid boolean,
      price numeric, amount double precision, photo bytea, tags text[])`,
  ],
  mysql: [
    sql`create table people (id integer primary key, name varchar(700) not null, data json)
      character set utf8mb4 collate utf8mb4_nopad_bin`,
    sql`create table users (id integer, name text, password text)`,
    sql`create table scratch (id integer auto_increment primary key, name varchar(700) unique, note mediumtext, data json,
      born datetime, paid boolean, price decimal(30, 5), amount double, photo blob, tags text)
      character set utf8mb4 collate utf8mb4_nopad_bin`,
  ],
  sqlite: [
    sql`create table people (id integer primary key, name text not null, data text)`,
    sql`create table users (id integer, name text, password text)`,
    sql`create table scratch (id integer primary key, name text unique, note text, data text, born text, paid integer,
      price numeric, amount real, photo blob, tags text)`,
  ],
};
