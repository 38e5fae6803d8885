import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { configureEvents } from '../../event/index.ts';
import { withRequest } from '../../request/context.ts';
import { bulwarkLogger } from './index.ts';

const noServer = missing('postgres');
const name = "x' or '1'='1";

describe.skipIf(noServer)(`bulwarkLogger${noServer ? `: ${noServer}` : ''}`, () => {
  let db: NodePgDatabase;
  const logged: string[] = [];
  let stop = async (): Promise<void> => {};

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const server = await startPostgres();
    const pool = new pg.Pool({ connectionString: server.url, max: 1 });
    const next = { logQuery: (query: string) => void logged.push(query) };
    db = drizzle(pool, { logger: bulwarkLogger('postgres', {}, next) });
    await db.execute(sql`create table person (id int, name text)`);
    await db.execute(sql`insert into person values (1, 'Ann'), (2, 'Bob')`);
    stop = async () => {
      await pool.end();
      await server.stop();
    };
  });
  afterAll(() => stop());

  it('refuses before anything is sent, and lets values pass', async () => {
    await withRequest({ inputs: () => ({ query: { name } }) }, async () => {
      const injected = sql.raw(`select id from person where name = '${name}'`);
      const error: unknown = await db.execute(injected).catch((reason: unknown) => reason);
      const { cause } = error as { cause?: unknown };
      expect(cause ?? error).toMatchObject({ code: 'sql/input-in-text' });
      const inside: unknown = await db
        .transaction((tx) => tx.execute(injected))
        .catch((reason: unknown) => reason);
      expect((inside as { cause?: unknown }).cause ?? inside).toMatchObject({ code: 'sql/input-in-text' });
      expect((await db.execute(sql`select id from person where name = ${name}`)).rows).toEqual([]);
      expect((await db.execute(sql`select id from person where name = ${'Bob'}`)).rows).toEqual([{ id: 2 }]);
    });
    expect(logged.at(-1)).toBe('select id from person where name = $1');
    expect(logged.join()).not.toContain("'1'='1");
  });

  it('refuses several statements', async () => {
    const error: unknown = await db
      .execute(sql.raw('select 1; drop table person'))
      .catch((reason: unknown) => reason);
    expect((error as { cause?: unknown }).cause ?? error).toMatchObject({ code: 'sql/stacked-statements' });
    expect((await db.execute(sql`select count(*)::int as n from person`)).rows).toEqual([{ n: 2 }]);
  });
});
