import { type Knex, knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMariadb } from '../../../checks/machine/mariadb.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { configureEvents } from '../../event/index.ts';
import { withRequest } from '../../request/context.ts';
import { guardKnex } from './index.ts';

const name = "x' or '1'='1";
const refused = { code: 'sql/input-in-text' };
const servers = [
  { client: 'pg', missing: missing('postgres'), start: startPostgres },
  { client: 'mysql2', missing: missing('mariadb'), start: startMariadb },
] as const;

describe.each(servers)('guardKnex', ({ client, missing: noServer, start }) => {
  describe.skipIf(noServer)(`on ${client}${noServer ? `: ${noServer}` : ''}`, () => {
    let db: Knex;
    let stop = async (): Promise<void> => {};

    beforeAll(async () => {
      configureEvents({ sinks: [] });
      const server = await start();
      db = guardKnex(knex({ client, connection: server.url, pool: { min: 0, max: 2 } }));
      await db.raw('create table person (id int, name varchar(50))');
      await db('person').insert([
        { id: 1, name: 'Ann' },
        { id: 2, name: 'Bob' },
      ]);
      stop = async () => {
        await db.destroy();
        await server.stop();
      };
    });
    afterAll(() => stop());

    it('refuses raw text that an input became part of, also in transactions and streams', async () => {
      const injected = `name = '${name}'`;
      await withRequest({ inputs: () => ({ query: { name } }) }, async () => {
        await expect(db('person').whereRaw(injected)).rejects.toMatchObject(refused);
        await expect(db.raw(`select id from person where ${injected}`)).rejects.toMatchObject(refused);
        await expect(db.transaction((tx) => tx('person').whereRaw(injected))).rejects.toMatchObject(refused);
        const reading = db('person').whereRaw(injected).stream().toArray();
        await expect(reading).rejects.toMatchObject(refused);
        expect(await db('person').where({ name })).toEqual([]);
        expect(await db('person').select('id').whereRaw('name = ?', ['Ann'])).toEqual([{ id: 1 }]);
      });
      expect(await db('person').whereRaw(injected)).toHaveLength(2);
    });

    it('refuses several statements, and objects', async () => {
      await expect(db.raw('select 1; delete from person')).rejects.toMatchObject({
        code: 'sql/stacked-statements',
      });
      await expect(db.raw('select id from person where name = ?', [{ a: 1 } as never])).rejects.toMatchObject(
        {
          code: 'sql/object-parameter',
        },
      );
      expect(await db('person').select('id').orderBy('id')).toEqual([{ id: 1 }, { id: 2 }]);
    });

    it('is done once', () => {
      expect(guardKnex(db)).toBe(db);
      expect(db.client.listenerCount('query')).toBe(guardKnex(db).client.listenerCount('query'));
    });
  });
});

describe('guardKnex', () => {
  it('takes the dialects that it can read, and nothing else', () => {
    expect(() => guardKnex({})).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
    expect(() => guardKnex({ client: { dialect: 'mssql', on: () => undefined } })).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});
