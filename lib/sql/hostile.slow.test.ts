import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../checks/machine/missing.ts';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { configureEvents } from '../event/index.ts';
import { isRefusal } from '../refusal/index.ts';
import { legitimateTexts, sqlPayloads } from '../testing/corpus/sql.ts';
import { contains, type Database, endsWith, type Sql, sql, startsWith } from './index.ts';
import { database as onPg } from './pg/index.ts';
import { database as onPglite } from './pglite/index.ts';

interface Person {
  readonly id: number;
  readonly name: string;
}

const people: readonly Person[] = [
  { id: 1, name: 'admin' },
  { id: 2, name: "O'Brien" },
  { id: 3, name: '50% off\\_%' },
];
const unstorable = /[\0\p{Cs}]/u;
const texts = [...sqlPayloads.map(({ payload }) => payload), ...legitimateTexts.map(({ text }) => text)];
const storable = texts.filter((text) => !unstorable.test(text));

/** Where a text is put into a statement, and which rows are to come back. */
const positions: readonly {
  readonly name: string;
  write(text: string): Sql;
  means(text: string, person: Person): boolean;
  /** The code of the refusal, where it is another than that of a value. */
  refusal?(text: string): string | undefined;
}[] = [
  {
    name: 'a value',
    write: (text) => sql`select id from people where name = ${text}`,
    means: (text, { name }) => name === text,
  },
  {
    name: 'a value beside literals and comments',
    write: (text) =>
      sql`select id from people /* it's */ where name = ${text} and E'\\'--' <> ${text} -- end`,
    means: (text, { name }) => name === text && text !== "'--",
  },
  {
    name: 'a list',
    write: (text) => sql`select id from people where name = any(${['admin', text]})`,
    means: (text, { name }) => name === 'admin' || name === text,
  },
  {
    name: 'joined values',
    write: (text) => sql`select id from people where name in (${sql.join([text, 'admin'])})`,
    means: (text, { name }) => name === 'admin' || name === text,
  },
  {
    name: 'conditions',
    write: (text) => sql`select id from people where ${sql.or(sql`name = ${text}`, sql`id = ${1}`)}`,
    means: (text, { name, id }) => name === text || id === 1,
  },
  {
    name: 'contains',
    write: (text) => sql`select id from people where name like ${contains(text)}`,
    means: (text, { name }) => name.includes(text),
  },
  {
    name: 'starts with',
    write: (text) => sql`select id from people where name like ${startsWith(text)}`,
    means: (text, { name }) => name.startsWith(text),
  },
  {
    name: 'ends with',
    write: (text) => sql`select id from people where name like ${endsWith(text)}`,
    means: (text, { name }) => name.endsWith(text),
  },
  {
    name: 'a sort order',
    write: (text) => sql`select id from people ${sql.orderBy(text, { id: 'id' }, { default: 'id' })}`,
    means: () => true,
    refusal: () => undefined,
  },
  {
    name: 'JSON',
    write: (text) => sql`select id from people where to_jsonb(name) = ${sql.json(text)}::jsonb`,
    means: (text, { name }) => name === text,
  },
  {
    name: 'the name of a table',
    write: (text) => sql`select id from ${sql.identifier(text, { people: 'people' })}`,
    means: () => false,
    refusal: () => 'sql/unknown-identifier',
  },
];

const noServer = missing('postgres');

for (const driver of ['pg', 'pg without standard_conforming_strings', 'PGlite'] as const) {
  const reason = driver === 'PGlite' ? undefined : noServer;
  describe.skipIf(reason)(`a text on ${driver}${reason ? `: ${reason}` : ''}`, () => {
    let db: Database;
    let close = async (): Promise<void> => {};

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      if (driver === 'PGlite') {
        const store = await PGlite.create();
        db = onPglite(store);
        close = () => store.close();
      } else {
        const server = await startPostgres();
        const client = new pg.Client(server.url);
        await client.connect();
        db = onPg(client);
        close = async () => {
          await client.end();
          await server.stop();
        };
        if (driver !== 'pg') await db.execute(sql`set standard_conforming_strings = off`);
      }
      await db.execute(sql`create table people (id integer primary key, name text not null)`);
      await db.execute(sql`create table users (id integer, name text, password text)`);
      await db.execute(sql`create table stored (value text, list text[], document jsonb)`);
      for (const { id, name } of people) {
        await db.execute(sql`insert into people (id, name) values (${id}, ${name})`);
      }
    });

    afterAll(() => close());

    it.each(positions)(
      'means what its author wrote as $name',
      async ({ write, means, refusal = refusalOf }) => {
        for (const text of texts) {
          const found = await ids(() => db.all<Person>(write(text)));
          const meant = people.filter((person) => means(text, person)).map(({ id }) => id);
          expect([text, found]).toEqual([text, refusal(text) ?? meant]);
        }
      },
    );

    it('is in no message about the statement, which shows its own mistake', async () => {
      for (const text of storable.slice(0, 20)) {
        const error: unknown = await db
          .all(sql`select nmae from people where name = ${`s3cret ${text}`}`)
          .catch((reason: unknown) => reason);
        expect(error).toMatchObject({ message: expect.stringContaining('"nmae"'), kind: 'schema' });
        expect(String(error)).toContain('  select nmae from people where name = $1\n         ^');
        expect(String(error)).not.toContain('s3cret');
      }
    });

    it('comes back as it went in', async () => {
      for (const text of storable) {
        await db.execute(sql`delete from stored`);
        await db.execute(
          sql`insert into stored (value, list, document) values (${text}, ${[text, text]}::text[], ${sql.json({ text })})`,
        );
        const row = await db.one(sql`select value, list, document, ${text}::text as bound from stored`);
        expect(row).toEqual({ value: text, list: [text, text], document: { text }, bound: text });
      }
    });

    it('left every table as it was', async () => {
      expect(await db.all(sql`select id, name from people order by id`)).toEqual(people);
      expect(await db.all(sql`select * from users`)).toEqual([]);
    });
  });
}

function refusalOf(text: string): string | undefined {
  return unstorable.test(text) ? 'sql/unstorable-text' : undefined;
}

/** The ids of the rows in order, or the code of the refusal. */
async function ids(ask: () => Promise<Person[]>): Promise<readonly number[] | string> {
  try {
    return (await ask()).map(({ id }) => id).sort();
  } catch (error) {
    if (isRefusal(error, 'sql/*')) return error.code;
    throw error;
  }
}
