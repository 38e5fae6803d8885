import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { startPostgres } from '../../../checks/machine/postgres.ts';
import { onServer } from './connections.ts';
import { createLabDatabase, type LabDatabase } from './server-database.ts';

const reason = missing('postgres');

describe.skipIf(reason)(`the lab's database on a server${reason ? `: ${reason}` : ''}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let database: LabDatabase;

  beforeAll(async () => {
    server = await startPostgres();
    database = await createLabDatabase(server.url);
    const connections = await onServer(database, 'undefended');
    await connections.control.reset();
    await connections.control.close();
  });
  afterAll(async () => {
    await database?.drop();
    await server?.stop();
  });

  async function as(url: string, text: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const result = await client.query(text);
      return Array.isArray(result) ? (result as pg.QueryResult[]).flatMap(({ rows }) => rows) : result.rows;
    } finally {
      await client.end();
    }
  }

  it('gives reports a role that reads what reports need', async () => {
    expect(await as(database.reports, 'select count(*)::integer as n from orders')).toEqual([{ n: 10 }]);
  });

  it('holds that role to reading, whatever text reaches it', async () => {
    for (const text of [
      'delete from orders',
      'set default_transaction_read_only = off; delete from orders',
      "insert into comments (author, content) values ('a', 'b')",
      'drop table users',
      'create table mine (id int)',
      'select password from users',
      'set role postgres',
      "copy orders to program 'id'",
      "select pg_read_file('/etc/passwd')",
    ]) {
      await expect(as(database.reports, text), text).rejects.toThrow(
        /permission denied|must be owner|must be superuser|read-only/,
      );
    }
  });

  it('lets the application write rows, and not drop tables', async () => {
    await as(database.app, "insert into comments (author, content) values ('a', 'b')");
    await expect(as(database.app, 'drop table users')).rejects.toThrow(/must be owner/);
    await expect(as(database.app, 'create table mine (id int)')).rejects.toThrow(/permission denied/);
  });

  it('drops its own database and roles, and nothing else', async () => {
    await as(server.url, 'create database bulwark_lab_000000000000');
    const second = await createLabDatabase(server.url);
    await second.drop();
    const names = await as(
      server.url,
      `select datname as name from pg_database where datname like 'bulwark%' order by 1`,
    );
    const own = new URL(database.owner).pathname.slice(1);
    expect(names).toEqual(
      [{ name: 'bulwark_lab_000000000000' }, { name: own }].sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    const roles = await as(
      server.url,
      `select count(*)::integer as n from pg_roles where rolname like 'bulwark_lab_%'`,
    );
    expect(roles).toEqual([{ n: 3 }]);
  });
});
