import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { configureEvents } from '../../event/index.ts';
import { isRefusal } from '../../refusal/index.ts';
import { legitimateTexts, sqlPayloads } from '../../testing/corpus/sql.ts';
import { contains, type Database, endsWith, type Sql, sql, startsWith } from '../index.ts';
import { database } from './index.ts';

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
const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

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

/** The modes and character sets that change how a text in quotes is read, and with them what escaping has to do. */
const connections: readonly { readonly name: string; readonly mode: string; readonly charset?: string }[] = [
  { name: 'as it comes', mode: 'STRICT_TRANS_TABLES' },
  { name: 'with NO_BACKSLASH_ESCAPES', mode: 'NO_BACKSLASH_ESCAPES' },
  { name: 'with ANSI_QUOTES and PIPES_AS_CONCAT', mode: 'ANSI,NO_BACKSLASH_ESCAPES' },
  { name: 'in gbk', mode: 'ANSI_QUOTES', charset: 'gbk' },
  { name: 'in big5', mode: '', charset: 'big5' },
  { name: 'in sjis', mode: '', charset: 'sjis' },
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

  describe.each(connections)('$name', ({ mode, charset }) => {
    let db: Database;
    let close = async (): Promise<void> => {};

    beforeAll(async () => {
      const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
      await connection.query('set sql_mode = ?', [mode]);
      await connection.query('drop table if exists people, users, stored');
      const like = 'character set utf8mb4 collate utf8mb4_bin';
      await connection.query(
        `create table people (id integer primary key, name varchar(200) not null) ${like}`,
      );
      await connection.query(`create table users (id integer, name text, password text) ${like}`);
      await connection.query(`create table stored (value text, document json) ${like}`);
      if (charset !== undefined) await connection.query(`set names ${charset}`);
      db = database(connection);
      close = () => connection.end();
      for (const { id, name } of people) {
        await db.execute(sql`insert into people (id, name) values (${id}, ${name})`);
      }
    });

    afterAll(() => close());

    const refusalOf = (text: string): string | undefined => {
      if (unstorable.test(text)) return 'sql/unstorable-text';
      return charset !== undefined && !isAscii(text) ? 'sql/connection-charset' : undefined;
    };

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
      for (const text of texts.filter((one) => refusalOf(one) === undefined)) {
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
});

/** The ids of the rows in order, or the code of what was thrown. */
async function ids(ask: () => Promise<Person[]>): Promise<readonly number[] | string> {
  try {
    return (await ask()).map(({ id }) => id).sort();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (isRefusal(error, 'sql/*') || code === 'sql/connection-charset') return String(code);
    throw error;
  }
}
