import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { configureEvents } from '../../event/index.ts';
import { legitimateTexts, sqlPayloads } from '../../testing/corpus/sql.ts';
import { contains, type Database, sql } from '../index.ts';
import { database } from './index.ts';

const noServer = missing('postgres');
const texts = [...sqlPayloads.map(({ payload }) => payload), ...legitimateTexts.map(({ text }) => text)];
const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

describe.skipIf(noServer)(`a text on postgres.js${noServer ? `: ${noServer}` : ''}`, () => {
  let stop = async (): Promise<void> => {};
  let db: Database;

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startPostgres();
    const client = postgres(server.url, { max: 2 });
    db = database(client);
    stop = async () => {
      await client.end({ timeout: 5 });
      await server.stop();
    };
    await db.execute(sql`create table stored (value text, list text[], document jsonb)`);
    await db.execute(sql`create table users (name text)`);
    await db.execute(sql`insert into users values ('admin')`);
  });

  afterAll(() => stop());

  it('comes back as it went in, as value, list, pattern and JSON', async () => {
    for (const text of texts.filter(isStorable)) {
      await db.execute(sql`delete from stored`);
      await db.execute(
        sql`insert into stored (value, list, document) values (${text}, ${[text, text]}::text[], ${sql.json({ text })})`,
      );
      const row = await db.one(sql`
        select value, list[1] as first, array_length(list, 1) as length, document, ${text}::text as bound,
          value like ${contains(text)} as found, ${text} = any(list) as listed
        from stored`);
      const expected = { value: text, first: text, length: 2, document: { text }, bound: text };
      expect(row).toEqual({ ...expected, found: true, listed: true });
    }
    expect(await db.all(sql`select name from users`)).toEqual([{ name: 'admin' }]);
  });

  it('is refused where PostgreSQL cannot store it', () => {
    const others = texts.filter((text) => !isStorable(text));
    expect(others.length).toBeGreaterThan(0);
    for (const text of others) {
      expect(() => sql`select ${text}`).toThrow(expect.objectContaining({ code: 'sql/unstorable-text' }));
    }
  });
});
