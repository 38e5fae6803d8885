import mysql, { type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { configureEvents } from '../../event/index.ts';
import { isRefusal } from '../../refusal/index.ts';
import { legitimateTexts, sqlPayloads } from '../../testing/corpus/sql.ts';
import { contains, type Database, endsWith, type Sql, sql, startsWith } from '../index.ts';
import { database, forMysql2 } from './index.ts';

const noServer = missing('mariadb');

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

const positions: readonly {
  readonly name: string;
  write(text: string): Sql;
  means(text: string, person: Person): boolean;
  refusal?(text: string): string | undefined;
}[] = [
  {
    name: 'a value',
    write: (text) => sql`select id from people where name = ${text}`,
    means: (text, { name }) => name === text,
  },
  {
    name: 'a value beside literals and comments',
    write: (text) => sql`select id from people /* it's */ where name = ${text} and 'it''s' <> ${text} -- end`,
    means: (text, { name }) => name === text,
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
    write: (text) => sql`select id from people where json_quote(name) = json_compact(${sql.json(text)})`,
    means: (text, { name }) => name === text,
  },
  {
    name: 'the name of a table',
    write: (text) => sql`select id from ${sql.identifier(text, { people: 'people' })}`,
    means: () => false,
    refusal: () => 'sql/unknown-identifier',
  },
];

/** The modes that change how a text in quotes is read, and with them what escaping has to do. */
const connections: readonly { readonly name: string; readonly mode: string }[] = [
  { name: 'as it comes', mode: 'STRICT_TRANS_TABLES' },
  { name: 'with NO_BACKSLASH_ESCAPES', mode: 'NO_BACKSLASH_ESCAPES' },
  { name: 'with ANSI_QUOTES and PIPES_AS_CONCAT', mode: 'ANSI,NO_BACKSLASH_ESCAPES' },
];

describe.skipIf(noServer)(`a text on mysql2${noServer ? `: ${noServer}` : ''}`, () => {
  let url = '';
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startMariadb();
    ({ url, stop } = server);
  });

  afterAll(() => stop());

  describe.each(connections)('$name', ({ mode }) => {
    let db: Database;
    let close = async (): Promise<void> => {};

    beforeAll(async () => {
      const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
      await connection.query('set sql_mode = ?', [mode]);
      db = await prepare(connection);
      close = () => connection.end();
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

    it('comes back as it went in', async () => {
      for (const text of texts.filter((one) => !unstorable.test(one))) {
        await db.execute(sql`delete from stored`);
        await db.execute(sql`insert into stored (value, document) values (${text}, ${sql.json({ text })})`);
        const row = await db.one(sql`select value, document, ${text} as bound from stored`);
        expect(row).toEqual({ value: text, document: { text }, bound: text });
      }
    });

    it('left every table as it was', async () => {
      expect(await db.all(sql`select id, name from people order by id`)).toEqual(people);
      expect(await db.all(sql`select * from users`)).toEqual([]);
    });
  });

  // The handle refuses such a connection. `forMysql2` knows none, and the text that arrives may be another one.
  it.each(['gbk', 'big5', 'sjis', 'latin1'])(
    'is a value at most in the character set %s',
    async (charset) => {
      const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
      await prepare(connection);
      await connection.query(`set names ${charset}`);
      for (const { write, means } of positions.filter(({ refusal }) => refusal === undefined)) {
        for (const text of texts.filter((one) => !unstorable.test(one))) {
          const answer = connection.execute(forMysql2(write(text))).catch((error: unknown) => {
            // Such as a mix of collations, or a byte that the character set lacks.
            expect(error).toMatchObject({ errno: expect.any(Number) });
            return [[]];
          });
          const found = ((await answer)[0] as Person[]).map(({ id }) => id);
          const meant = people.filter((person) => means(text, person)).map(({ id }) => id);
          expect(meant).toEqual(expect.arrayContaining(found));
        }
      }
      await connection.query('set names utf8mb4');
      const [rows] = await connection.query('select id, name from people order by id');
      expect(rows).toEqual(people);
      await connection.end();
    },
  );
});

async function prepare(connection: Connection): Promise<Database> {
  const db = database(connection);
  const like = 'character set utf8mb4 collate utf8mb4_bin';
  await connection.query('drop table if exists people, users, stored');
  await connection.query(`create table people (id integer primary key, name varchar(200) not null) ${like}`);
  await connection.query(`create table users (id integer, name text, password text) ${like}`);
  await connection.query(`create table stored (value text, document json) ${like}`);
  for (const { id, name } of people) {
    await db.execute(sql`insert into people (id, name) values (${id}, ${name})`);
  }
  return db;
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
