import postgres, { type Sql as Client } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { configureEvents } from '../../event/index.ts';
import { withRequest } from '../../request/context.ts';
import { sql as tag } from '../index.ts';
import { database, guardPostgres } from './index.ts';

const noServer = missing('postgres');
const name = "x' or '1'='1";
const injected = `select id from person where name = '${name}'`;
const refused = { code: 'sql/input-in-text' };
const object = { code: 'sql/object-parameter' };

describe.skipIf(noServer)(`guardPostgres${noServer ? `: ${noServer}` : ''}`, () => {
  let sql: Client;
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startPostgres();
    sql = guardPostgres(postgres(server.url, { max: 2, onnotice: () => undefined }));
    await sql`create table person (id int, name text)`;
    await sql`insert into person values (1, 'Ann'), (2, 'Bob')`;
    stop = async () => {
      await sql.end();
      await server.stop();
    };
  });
  afterAll(() => stop());

  const asked = <T>(work: () => T, body: object = { name }): T =>
    withRequest({ inputs: () => ({ body }) }, work);

  it('refuses what an input became part of, also in transactions and on a reserved connection', async () => {
    await asked(async () => {
      expect(() => sql.unsafe(injected)).toThrow(expect.objectContaining(refused));
      expect(() => sql`select id from person order by ${sql.unsafe('1, (select 1)')}`).not.toThrow();
      await expect(sql.begin((inner) => inner.unsafe(injected))).rejects.toMatchObject(refused);
      await expect(
        sql.begin((inner) => inner.savepoint((deeper) => deeper.unsafe(injected))),
      ).rejects.toMatchObject(refused);
      const reserved = await sql.reserve();
      expect(() => reserved.unsafe(injected)).toThrow(expect.objectContaining(refused));
      reserved.release();
      expect([...(await sql.unsafe('select id from person where name = $1', ['Ann']))]).toEqual([{ id: 1 }]);
      expect([...(await sql`select id from person where name = ${name}`)]).toEqual([]);
      expect([...(await sql.begin((inner) => inner`select id from person where name = 'Bob'`))]).toEqual([
        { id: 2 },
      ]);
    });
  });

  it('refuses a fragment that is an input', async () => {
    const order = '(select 1 from person)';
    asked(
      () => {
        expect(() => sql`select id from person order by ${sql.unsafe(order)}`).toThrow(
          expect.objectContaining(refused),
        );
      },
      { order },
    );
    await expect(sql`select id from person order by ${sql.unsafe('id desc')}`).resolves.toBeDefined();
  });

  it('refuses several statements, which a text without values could be', async () => {
    expect(() => sql.unsafe('select 1; delete from person')).toThrow(
      expect.objectContaining({ code: 'sql/stacked-statements' }),
    );
    expect((await sql`select id from person`).length).toBe(2);
  });

  it('refuses objects as values, and a helper of the columns that a client names', async () => {
    expect(() => sql`select ${{ a: 1 } as never}::jsonb`).toThrow(expect.objectContaining(object));
    await expect(sql`select ${sql.json({ a: 1 })}::jsonb as data`).resolves.toMatchObject([
      { data: { a: 1 } },
    ]);
    const body = { id: 3, name: 'Eve' };
    await asked(async () => {
      expect(() => sql`insert into person ${sql(body)}`).toThrow(expect.objectContaining(object));
      expect(() => sql`insert into person ${sql([body])}`).toThrow(expect.objectContaining(object));
      await sql`insert into person ${sql(body, 'id', 'name')}`;
      await sql`delete from person where ${sql('id')} in ${sql([3])}`;
    }, body);
    await sql`insert into person ${sql({ id: 3 })}`;
    await sql`delete from person where id = 3`;
  });

  it('lets statements of the tag pass', async () => {
    await asked(
      async () => {
        const query = tag`select id from person where id = '1' or id = ${7}`;
        expect(await database(sql).all(query)).toEqual([{ id: 1 }]);
        expect(() => sql.unsafe("select id from person where id = '1' or 1=1")).toThrow(
          expect.objectContaining(refused),
        );
      },
      { order: "id = '1'" },
    );
  });

  it('is done once, and takes nothing else', () => {
    expect(guardPostgres(sql)).toBe(sql);
    expect(() => guardPostgres({})).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });
});
