import { createHmac, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noHardening } from '../../../checks/db/harden-options.ts';
import { startTlsPostgres, type TlsPostgres } from '../../../checks/db/tls-postgres.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { audit } from '../audit.ts';
import { harden } from '../harden.ts';
import type { HardenOptions } from '../harden-options.ts';
import type { AuditResult } from '../weakness.ts';
import { identifier } from './quote.ts';

const why = missing('postgres');
const password = 'a long password for tests';
const base: HardenOptions = {
  ...noHardening,
  owner: 'shop_owner',
  readOnly: ['shop_ro'],
  readWrite: ['shop_rw'],
  readOnlyPassword: 'env:BULWARK_TEST_PASSWORD',
  readWritePassword: 'env:BULWARK_TEST_PASSWORD',
};

describe.skipIf(why)(`harden, then audit, on PostgreSQL${why ? `: ${why}` : ''}`, () => {
  let server: TlsPostgres;
  let root: Client;

  beforeAll(async () => {
    process.env['BULWARK_TEST_PASSWORD'] = password;
    server = await startTlsPostgres();
    root = await connect(server.url);
  });

  afterAll(async () => {
    delete process.env['BULWARK_TEST_PASSWORD'];
    await root?.end();
    await server?.stop();
  });

  async function connect(url: string): Promise<Client> {
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  function admin(database: string): string {
    const url = new URL(server.url);
    return server.as('postgres', url.password, database);
  }

  async function made(database: string, ...statements: string[]): Promise<Client> {
    await root.query(`create database ${identifier(database)}`);
    const client = await connect(admin(database));
    for (const statement of statements) await client.query(statement);
    return client;
  }

  const apply = async (database: string, options: Partial<HardenOptions> = {}): Promise<string> =>
    await harden({ ...base, ...options }, { apply: admin(database), passwordFile: undefined, dryRun: false });

  async function report(user: string, database: string): Promise<AuditResult & { exitCode: number }> {
    const { text, exitCode } = await audit({
      url: server.as(user, password, database),
      adminUrl: admin(database),
      format: 'json',
      failOn: 'low',
    });
    return { ...(JSON.parse(text) as AuditResult), exitCode };
  }

  const untidy = [
    'create role shop_rw login superuser createdb',
    'create table orders (id int primary key generated always as identity, tenant_id text, note text)',
    'grant all on orders to public',
    'create table mine (id int)',
    'alter table mine owner to shop_rw',
    "insert into orders (tenant_id, note) values ('a', 'of a'), ('b', 'of b')",
    'create function twice(n int) returns int language sql return n * 2',
    "create function who() returns text language sql security definer as 'select current_user::text'",
    'grant execute on function who() to public',
    'create extension dblink',
    'create view all_orders as select * from orders',
    'grant pg_read_server_files to shop_rw',
  ];

  it('leaves nothing to report, twice, and both roles do their work', async () => {
    const client = await made('shop', ...untidy);
    expect(await apply('shop')).toContain('Committed.');
    expect(await apply('shop')).toContain('Committed.');
    for (const user of ['shop_ro', 'shop_rw']) {
      expect(await report(user, 'shop')).toMatchObject({ findings: [], unread: [], exitCode: 0 });
    }
    await client.query('set role shop_owner');
    await client.query('create table later (id serial, note text)');
    await client.end();

    const [reader, writer] = [
      await connect(server.as('shop_ro', password, 'shop')),
      await connect(server.as('shop_rw', password, 'shop')),
    ];
    expect((await reader.query('select note from orders order by id')).rows).toHaveLength(2);
    expect((await writer.query("insert into later (note) values ('x') returning id")).rows).toEqual([
      { id: 1 },
    ]);
    expect((await reader.query('select twice(id) as id from later')).rows).toEqual([{ id: 2 }]);
    await reader.query("select set_config('default_transaction_read_only', 'off', false)");
    for (const refused of [
      "insert into orders (note) values ('x')",
      'select lo_create(0)',
      "select query_to_xml('select 1', true, true, '')",
      "select pg_read_file('PG_VERSION')",
      "select dblink_connect('host=127.0.0.1')",
      'do $$ begin end $$',
      'create table t (a int)',
      'create temporary table t (a int)',
      'create schema s',
    ]) {
      await expect(reader.query(refused), refused).rejects.toMatchObject({ code: '42501' });
      if (!refused.startsWith('insert')) {
        await expect(writer.query(refused), refused).rejects.toMatchObject({ code: '42501' });
      }
    }
    await expect(writer.query('truncate orders')).rejects.toMatchObject({ code: '42501' });
    expect((await writer.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '30s' }]);
    await Promise.all([reader.end(), writer.end()]);
  });

  it('quotes every name, however odd, and takes a schema of its own', async () => {
    const odd = 'or"der\'s $bulwark$ \u00e9 $$; drop';
    const client = await made(
      'shop 2',
      `create schema ${identifier(odd)}`,
      `create table ${identifier(odd)}.t (a int)`,
    );
    const roles = { owner: `o ${odd}`, readOnly: [`r ${odd}`], readWrite: [`w ${odd}`], schema: [odd] };
    expect(await apply('shop 2', roles)).toContain('Committed.');
    expect(await report(`w ${odd}`, 'shop 2')).toMatchObject({ findings: [], exitCode: 0 });
    const writer = await connect(server.as(`w ${odd}`, password, 'shop 2'));
    expect((await writer.query('insert into t values (1) returning a')).rows).toEqual([{ a: 1 }]);
    await Promise.all([client.end(), writer.end()]);
  });

  it('changes nothing where one statement fails, and says which part', async () => {
    const client = await made('shop3', 'create table t (a int)');
    await client.query('create role half login');
    await root.query('create role weak login password $$a long password for tests$$');
    await expect(
      harden(
        { ...base, owner: 'shop3_owner', readOnly: ['shop3_ro'], readWrite: [] },
        { apply: server.as('weak', password, 'shop3'), passwordFile: undefined, dryRun: false },
      ),
    ).rejects.toMatchObject({
      code: 'db/apply',
      message: expect.stringContaining('In "Roles": permission denied'),
    });
    expect((await root.query("select from pg_roles where rolname like 'shop3%'")).rowCount).toBe(0);
    await client.end();
  });

  it('prints no password, and the text is what --apply runs', async () => {
    const text = await harden(
      { ...base, database: 'shop' },
      { apply: undefined, passwordFile: undefined, dryRun: true },
    );
    expect(text).not.toContain(password);
    expect(text).toMatch(/alter role "shop_ro" password 'SCRAM-SHA-256\$4096:/);
    const client = await connect(admin('shop'));
    await client.query(`begin; ${text} commit`);
    await client.end();
    expect(await report('shop_ro', 'shop')).toMatchObject({ findings: [], exitCode: 0 });
  });

  describe('rows', () => {
    const rows = { table: 'public.orders', column: 'tenant_id' };
    const notes = async (client: Client): Promise<unknown[]> =>
      (await client.query<{ note: string }>('select note from orders order by id')).rows.map(
        (row) => row.note,
      );

    it.each(['role', 'mapping', 'token'])(
      'by %s: an injected set_config shows no other tenant',
      async (kind) => {
        const database = `rows_${kind}`;
        const user = kind === 'role' ? 'a' : `${database}_rw`;
        const client = await made(database, ...untidy.filter((one) => !/role|shop_rw|dblink/.test(one)));
        await apply(database, {
          ...rows,
          owner: `${database}_owner`,
          readOnly: [],
          readWrite: [user],
          rowSecurity: kind,
        });
        await apply(database, {
          ...rows,
          owner: `${database}_owner`,
          readOnly: [],
          readWrite: [user],
          rowSecurity: kind,
        });
        const key = randomBytes(32);
        if (kind === 'mapping')
          await client.query("insert into bulwark_tenant.role_tenant values ($1, 'a')", [user]);
        if (kind === 'token') await client.query('select bulwark_tenant.set_key($1)', [key]);
        const app = await connect(server.as(user, password, database));
        if (kind !== 'role') expect(kind === 'token' ? await notes(app) : []).toEqual([]);
        const token = (tenant: string, expiry: number, secret = key): string =>
          `${expiry}.${createHmac('sha256', secret).update(`${expiry}.${tenant}`).digest('hex')}.${tenant}`;
        const setToken = async (text: string): Promise<void> => {
          await app.query("select set_config('bulwark.tenant_token', $1, false)", [text]);
        };
        const later = Math.floor(Date.now() / 1000) + 60;
        if (kind === 'token') await setToken(token('a', later));
        expect(await notes(app)).toEqual(['of a']);
        for (const setting of [
          'app.tenant',
          'role',
          'session_authorization',
          'row_security',
          'bulwark.tenant',
        ]) {
          await app.query('select set_config($1, $2, false)', [setting, 'b']).catch(() => {});
          expect(await notes(app).catch(() => ['of a']), setting).toEqual(['of a']);
          await app.query('set row_security = on');
        }
        await expect(app.query("insert into orders (tenant_id) values ('b')")).rejects.toMatchObject({
          code: '42501',
        });
        if (kind === 'token') {
          for (const forged of [
            token('a', later).replace('.a', '.b'),
            token('b', later, randomBytes(32)),
            token('b', 1),
            token('a', 1),
            'b',
            '',
          ]) {
            await setToken(forged);
            expect(await notes(app), forged).toEqual([]);
          }
          await setToken(token('b', later));
          expect(await notes(app)).toEqual(['of b']);
          for (const refused of [
            'select * from bulwark_tenant.token_key',
            "select bulwark_tenant.set_key('x')",
          ]) {
            await expect(app.query(refused)).rejects.toMatchObject({ code: '42501' });
          }
        }
        expect((await report(user, database)).findings).toEqual([]);
        await Promise.all([client.end(), app.end()]);
      },
    );
  });
});
