import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../lib/refusal/index.ts';
import { contains, type Database, endsWith, type Sql, sql, startsWith } from '../../lib/sql/index.ts';
import { legitimateTexts, sqlPayloads } from '../../lib/testing/corpus/sql.ts';
import type { SqliteClient } from '../machine/sqlite.ts';
import { temporary } from './temporary.ts';

const people: readonly { readonly id: number; readonly name: string }[] = [
  { id: 1, name: 'admin' },
  { id: 2, name: "O'Brien" },
  { id: 3, name: '50% off|_%' },
];
const texts = [...sqlPayloads.map(({ payload }) => payload), ...legitimateTexts.map(({ text }) => text)];
const unstorable = /[\0\p{Cs}]/u;

/** Where a text is put, the names that it is to find, and the refusal where it is not that of a value. */
type Position = readonly [
  name: string,
  write: (text: string) => Sql,
  means: (text: string, name: string, id: number) => boolean,
  refusal?: string | null,
];

const positions: readonly Position[] = [
  ['a value', (text) => sql`select id from people where name = ${text}`, (text, name) => name === text],
  [
    'a value beside literals, names and comments',
    (text) => sql`select [id] from \`people\` /* it's */ where "name" = ${text} and '--' <> ${text} -- end`,
    (text, name) => name === text,
  ],
  [
    'joined values',
    (text) => sql`select id from people where name in (${sql.join([text, 'admin'])})`,
    (text, name) => name === text || name === 'admin',
  ],
  [
    'conditions',
    (text) => sql`select id from people where ${sql.or(sql`name = ${text}`, sql`id = ${1}`)}`,
    (text, name, id) => name === text || id === 1,
  ],
  // SQLite's LIKE ignores the case of ASCII.
  [
    'contains',
    (text) => sql`select id from people where name like ${contains(text)}`,
    (text, name) => lower(name).includes(lower(text)),
  ],
  [
    'starts with',
    (text) => sql`select id from people where name like ${startsWith(text)}`,
    (text, name) => lower(name).startsWith(lower(text)),
  ],
  [
    'ends with',
    (text) => sql`select id from people where name like ${endsWith(text)}`,
    (text, name) => lower(name).endsWith(lower(text)),
  ],
  [
    'JSON',
    (text) => sql`select id from people where json_quote(name) = ${sql.json(text)}`,
    (text, name) => name === text,
  ],
  [
    'a sort order',
    (text) => sql`select id from people ${sql.orderBy(text, { id: 'id' }, { default: 'id' })}`,
    () => true,
    null,
  ],
  [
    'the name of a table',
    (text) => sql`select id from ${sql.identifier(text, { people: 'people' })}`,
    () => false,
    'sql/unknown-identifier',
  ],
];

export function hostileTests(client: SqliteClient): void {
  const open = temporary(client);

  async function filled(): Promise<Database> {
    const { db } = open();
    await db.execute(sql`create table people (id integer primary key, name text not null)`);
    await db.execute(sql`create table users (id integer, name text, password text)`);
    for (const { id, name } of people)
      await db.execute(sql`insert into people (id, name) values (${id}, ${name})`);
    return db;
  }

  describe('a text', () => {
    it.each(positions.map((one) => [one[0], one] as const))(
      'means what its author wrote as %s',
      async (_, one) => {
        const [, write, means, refusal] = one;
        const db = await filled();
        for (const text of texts) {
          const meant = people.filter(({ id, name }) => means(text, name, id)).map(({ id }) => id);
          const code = refusal === undefined && unstorable.test(text) ? 'sql/unstorable-text' : refusal;
          expect([text, await ids(() => db.all(write(text)))]).toEqual([text, code ?? meant]);
          expect([text, await ids(() => streamed(db, write(text)))]).toEqual([text, code ?? meant]);
        }
        expect(await db.all(sql`select id, name from people order by id`)).toEqual(people);
        expect(await db.all(sql`select * from users`)).toEqual([]);
      },
    );

    it('comes back as it went in', async () => {
      const db = await filled();
      for (const text of texts.filter((one) => !unstorable.test(one))) {
        await db.execute(sql`insert into users (name, password) values (${text}, ${sql.json({ text })})`);
        const row = await db.one<{ document: string }>(
          sql`delete from users returning name, password as document, ${text} as bound`,
        );
        expect({ ...row, document: JSON.parse(row.document) as unknown }).toEqual({
          ...{ name: text, document: { text }, bound: text },
        });
      }
    });
  });
}

async function streamed(db: Database, query: Sql): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const row of db.stream(query, { batch: 2 })) rows.push(row);
  return rows;
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The ids of the rows in order, or the code of the refusal. */
async function ids(ask: () => Promise<unknown[]>): Promise<readonly number[] | string> {
  try {
    return ((await ask()) as { id: number }[]).map(({ id }) => id).sort();
  } catch (error) {
    if (isRefusal(error, 'sql/*')) return error.code;
    throw error;
  }
}
