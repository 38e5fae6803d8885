import { Kysely, MysqlDialect, PostgresDialect, sql } from 'kysely';
import { createPool } from 'mysql2';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { configureEvents } from '../../event/index.ts';
import { withRequest } from '../../request/context.ts';
import { bulwarkPlugin } from './index.ts';

const noServer = missing('postgres');
const name = "x' or '1'='1";
const refused = { code: 'sql/input-in-text' };

interface Tables {
  person: { id: number; name: string };
}

describe.skipIf(noServer)(`bulwarkPlugin${noServer ? `: ${noServer}` : ''}`, () => {
  let db: Kysely<Tables>;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startPostgres();
    const pool = new pg.Pool({ connectionString: server.url, max: 1 });
    db = new Kysely<Tables>({
      dialect: new PostgresDialect({ pool }),
      plugins: [bulwarkPlugin('postgres')],
    });
    await sql`create table person (id int, name text)`.execute(db);
    await db
      .insertInto('person')
      .values([
        { id: 1, name: 'Ann' },
        { id: 2, name: 'Bob' },
      ])
      .execute();
    stop = async () => {
      await db.destroy();
      await server.stop();
    };
  });
  afterAll(() => stop());

  const asked = <T>(work: () => T, query: object = { name }): T =>
    withRequest({ inputs: () => ({ query }) }, work);

  it('refuses raw text that an input became part of', async () => {
    await asked(async () => {
      const raw = sql`select id from person where name = '${sql.raw(name)}'`;
      await expect(raw.execute(db)).rejects.toMatchObject(refused);
      await expect(sql.raw(`select id from person where name = '${name}'`).execute(db)).rejects.toMatchObject(
        refused,
      );
      const where = sql<boolean>`name = '${sql.raw(name)}'`;
      await expect(db.selectFrom('person').select('id').where(where).execute()).rejects.toMatchObject(
        refused,
      );
      await expect(db.transaction().execute((tx) => raw.execute(tx))).rejects.toMatchObject(refused);
      expect(await db.selectFrom('person').select('id').where('name', '=', name).execute()).toEqual([]);
      expect((await sql`select id from person where name = ${'Ann'}`.execute(db)).rows).toEqual([{ id: 1 }]);
      const literal = db.selectFrom('person').select('id').where('name', '=', sql.lit(name));
      expect(await literal.execute()).toEqual([]);
    });
  });

  it('refuses several statements and objects', async () => {
    await expect(sql.raw('select 1; drop table person').execute(db)).rejects.toMatchObject({
      code: 'sql/stacked-statements',
    });
    const where = db
      .selectFrom('person')
      .select('id')
      .where('name', '=', { a: 1 } as never);
    await expect(where.execute()).rejects.toMatchObject({ code: 'sql/object-parameter' });
    const list = db.selectFrom('person').select('id').where('name', 'in', ['Bob', 'Ann']).orderBy('id');
    expect(await list.execute()).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('knows that a literal of Kysely ends elsewhere in MySQL', async () => {
    const dialect = new MysqlDialect({ pool: createPool('mysql://nobody@127.0.0.1:1/none') });
    const mysql = new Kysely<Tables>({ dialect, plugins: [bulwarkPlugin('mysql')] });
    const evil = "\\' or 1=1 -- ";
    asked(
      () => {
        const query = mysql.selectFrom('person').select('id').where('name', '=', sql.lit(evil));
        expect(() => query.compile()).toThrow(expect.objectContaining(refused));
        expect(mysql.selectFrom('person').select('id').where('name', '=', evil).compile().parameters).toEqual(
          [evil],
        );
      },
      { evil },
    );
    await mysql.destroy();
  });
});
