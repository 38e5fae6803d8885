import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noHardening } from '../../../checks/db/harden-options.ts';
import { startTlsPostgres, type TlsPostgres } from '../../../checks/db/tls-postgres.ts';
import { missing } from '../../../checks/machine/missing.ts';
import { audit } from '../audit.ts';
import { harden } from '../harden.ts';
import type { AuditResult } from '../weakness.ts';
import { postgresChecks } from './postgres-checks.ts';

const why = missing('postgres');
const password = 'a long password for tests';
const hashed = "'md5' || md5('a long password for testsother')";

/** By the id of a weakness: what makes it, and what more than its own statements takes the rest away. */
const planted: Readonly<Record<string, { plant: string[]; cleared?: string[]; as?: string }>> = {
  superuser: { plant: ['alter role app superuser'] },
  bypassrls: { plant: ['alter role app bypassrls'] },
  createrole: { plant: ['alter role app createrole'] },
  createdb: { plant: ['alter role app createdb'] },
  replication: { plant: ['alter role app replication'] },
  'powerful-role': {
    plant: ['create role readers', 'grant pg_read_server_files to readers', 'grant readers to app'],
  },
  'set-role': {
    plant: [
      'create role "mid dle"',
      'grant shop_owner to "mid dle"',
      'grant "mid dle" to app',
      'alter role app noinherit',
    ],
    cleared: ['alter role app inherit'],
  },
  'admin-option': {
    plant: ['create role given', 'grant given to app with admin option'],
    cleared: ['revoke given from app'],
  },
  'parameter-privilege': {
    plant: ['grant set on parameter log_statement to app', 'grant alter system on parameter "x.Y" to public'],
  },
  'statement-timeout': { plant: ['alter role app in database plant reset statement_timeout'] },
  'lock-timeout': { plant: ['alter role app in database plant set lock_timeout = 0'] },
  'idle-in-transaction-timeout': {
    plant: ['alter role app in database plant reset idle_in_transaction_session_timeout'],
  },
  'idle-session-timeout': { plant: ['alter role app in database plant reset idle_session_timeout'] },
  'search-path': { plant: ['alter role app in database plant reset search_path'] },
  'owns-tables': {
    plant: [
      'create table own (a int)',
      'create view own_v as select 1 as a',
      'alter table own owner to app',
      'alter view own_v owner to app',
    ],
  },
  'owns-schema': { plant: ['create schema own authorization app'] },
  'owns-database': { plant: ['alter database plant owner to app'] },
  'owns-routines': {
    plant: [
      'create function own(a int, b text[]) returns int language sql return 1',
      'create procedure ownp(out a int) language plpgsql as $$ begin a := 1; end $$',
      'alter function own owner to app',
      'alter procedure ownp owner to app',
    ],
  },
  'create-in-schema': {
    plant: [
      'grant create on schema public to public',
      'create schema "s""x"',
      'grant create on schema "s""x" to app',
    ],
  },
  'create-in-database': {
    plant: ['create role makers', 'grant makers to app', 'grant create on database plant to makers'],
  },
  'temporary-tables': { plant: ['grant temp on database plant to public'] },
  'public-connect': { plant: ['grant connect on database plant to public'] },
  'public-schema': { plant: ['grant usage on schema public to public'] },
  'public-tables': { plant: ['grant select (id), update on t to public', 'grant select on t to public'] },
  'public-default': {
    plant: [
      'alter default privileges for role shop_owner in schema public grant select on tables to public',
      'alter default privileges for role shop_owner grant insert on tables to public',
    ],
  },
  'table-rights': { plant: ['grant truncate, trigger on t to app'] },
  'read-only-writes': { plant: ['grant insert on t to reader'], as: 'reader' },
  'setting-policy': {
    plant: [
      "create policy by_setting on t using (note = current_setting('app.tenant', true))",
      'alter table t enable row level security',
    ],
    cleared: [
      'drop policy by_setting on t',
      'grant execute on function set_config(text, text, boolean) to public',
    ],
  },
  'setting-policy-set': {
    plant: [
      'revoke execute on function set_config(text, text, boolean) from public',
      "create function tenant() returns text language sql as $$ select current_setting('app.tenant', true) $$",
      'create policy by_function on t using (note = public.tenant())',
      'alter table t enable row level security',
    ],
    // It has to be written anew: no statement can know how.
    cleared: [
      'alter policy by_function on t using (note = current_user)',
      'grant execute on function set_config(text, text, boolean) to public',
    ],
  },
  'policies-off': {
    plant: ['create policy p on t using (true)', 'alter table t disable row level security'],
    cleared: ['drop policy p on t'],
  },
  'owner-unbound': {
    plant: [
      'create table bound (a int)',
      'alter table bound enable row level security',
      'alter table bound owner to app',
    ],
    cleared: ['drop table bound'],
  },
  'view-past-policies': {
    plant: [
      'alter table t enable row level security',
      'create view over_t with (security_invoker = true) as select * from t',
      'create view over_view as select * from over_t',
      'grant select on over_view to app',
    ],
  },
  'copy-past-policies': {
    plant: ['create materialized view copied as select * from t', 'grant select on copied to app'],
  },
  'view-barrier': {
    plant: [
      'create table hidden (a int)',
      'revoke all on hidden from app, reader',
      'create view few as select a from hidden where a > 1',
      'grant select on few to app',
    ],
  },
  'definer-search-path': {
    plant: [
      'create function definer(a "char", variadic b int[]) returns int language sql security definer as $$ select 1 $$',
      'grant execute on function definer to public',
    ],
  },
  'untrusted-function': {
    plant: [
      'create language "un trusted" handler plpgsql_call_handler inline plpgsql_inline_handler validator plpgsql_validator',
      'create function untrusted() returns int language "un trusted" as $$ begin return 1; end $$',
      'grant execute on function untrusted to app',
    ],
  },
  'do-block': { plant: ['grant usage on language plpgsql to app'] },
  'file-functions': {
    plant: ['grant execute on function pg_read_file(text), pg_read_file(text, bigint, bigint) to app'],
  },
  'server-functions': { plant: ['grant execute on function pg_reload_conf() to public'] },
  'query-functions': {
    plant: ['grant execute on function query_to_xml(text, boolean, boolean, text) to public'],
  },
  'large-objects': { plant: ['grant execute on function lo_create(oid) to app'] },
  'reaching-extension': { plant: ['create schema ext', 'create extension dblink schema ext'] },
  'foreign-server': {
    plant: [
      'create extension if not exists postgres_fdw',
      'grant usage on foreign data wrapper postgres_fdw to app',
      'create server "a b" foreign data wrapper postgres_fdw',
      'grant usage on foreign server "a b" to public',
    ],
  },
  'md5-password': {
    plant: [
      "set password_encryption = 'md5'",
      'create role other login',
      'set allow_system_table_mods = on',
      `update pg_authid set rolpassword = ${hashed} where rolname = 'other'`,
    ],
    cleared: ["alter role other password 'x'"],
  },
  'password-encryption': {
    plant: ["alter system set password_encryption = 'md5'", 'select pg_reload_conf()'],
  },
  'log-parameters': { plant: ["alter system set log_statement = 'mod'", 'select pg_reload_conf()'] },
  'log-parameters-on-error': {
    plant: ['alter system set log_parameter_max_length_on_error = 100', 'select pg_reload_conf()'],
  },
  'server-tls': { plant: ["alter system set ssl = 'off'", 'select pg_reload_conf()'] },
};

/** By the id: a line of pg_hba.conf, and the line that the advice makes of it. */
const rules: Readonly<Record<string, readonly [string, string]>> = {
  'hba-trust': ['hostssl all all 10.9.0.0/16 trust', 'hostssl all all 10.9.0.0/16 scram-sha-256'],
  'hba-password': ['hostssl all "a b" 10.9.0.0/16 password', 'hostssl all "a b" 10.9.0.0/16 scram-sha-256'],
  'hba-md5': ['hostssl all all 10.9.0.0/16 md5', 'hostssl all all 10.9.0.0/16 scram-sha-256'],
  'hba-no-tls': ['host all all 10.9.0.0/16 scram-sha-256', 'hostssl all all 10.9.0.0/16 scram-sha-256'],
  'hba-everywhere': ['hostssl all all 0.0.0.0/0 scram-sha-256', 'hostssl all all 10.9.0.0/16 scram-sha-256'],
};

describe.skipIf(why)(`weaknesses planted in PostgreSQL${why ? `: ${why}` : ''}`, () => {
  let server: TlsPostgres;
  let root: Client;

  const url = (user: string): string =>
    server.as(user, user === 'postgres' ? new URL(server.url).password : password, 'plant');

  const clear = (user: string): string => url(user).replace(/\?.*/, '?sslmode=disable');

  beforeAll(async () => {
    process.env['BULWARK_TEST_PASSWORD'] = password;
    server = await startTlsPostgres();
    const first = new Client({ connectionString: server.url });
    await first.connect();
    await first.query('create database plant');
    await first.end();
    root = new Client({ connectionString: url('postgres') });
    root.on('error', () => {});
    await root.connect();
    await root.query('create table t (id int, note text)');
    const source = 'env:BULWARK_TEST_PASSWORD';
    const named = { owner: 'shop_owner', readOnly: ['reader'], readWrite: ['app'] };
    await harden(
      { ...noHardening, ...named, readOnlyPassword: source, readWritePassword: source },
      { apply: url('postgres'), passwordFile: undefined, dryRun: false },
    );
  });

  afterAll(async () => {
    delete process.env['BULWARK_TEST_PASSWORD'];
    await root?.end();
    await server?.stop();
  });

  async function found(as = 'app', given = url(as)): Promise<AuditResult> {
    const adminUrl = given.includes('disable') ? clear('postgres') : url('postgres');
    const { text } = await audit({ url: given, adminUrl, format: 'json', failOn: 'low' });
    const result = JSON.parse(text) as AuditResult;
    expect(result.unread.filter(({ expected }) => !expected)).toEqual([]);
    return result;
  }

  /** A reload is taken a moment after it is asked for. */
  async function until(
    as: string | undefined,
    holds: (ids: readonly string[]) => boolean,
    given?: string,
  ): Promise<AuditResult> {
    for (let tries = 1; ; tries += 1) {
      const result = await found(as, given);
      if (holds(result.findings.map(({ id }) => id)) || tries === 10) return result;
      await setTimeout(100);
    }
  }

  it('are none at first', async () => {
    expect((await found('app')).findings).toEqual([]);
    expect((await found('reader')).findings).toEqual([]);
  });

  it('are all tried', () => {
    const tried = [...Object.keys(planted), ...Object.keys(rules), 'connection-tls'];
    expect(postgresChecks.map(({ id }) => id).filter((id) => !tried.includes(id))).toEqual([]);
  });

  it.each(Object.entries(planted))(
    '%s is found, and its statements mend it',
    async (id, { plant, cleared = [], as }) => {
      for (const statement of plant) await root.query(statement);
      const given = id === 'server-tls' ? clear('app') : undefined;
      const before = await until(as, (ids) => ids.includes(id), given);
      const finding = before.findings.find((one) => one.id === id);
      expect(finding?.evidence.length, JSON.stringify(before.findings)).toBeGreaterThan(0);
      for (const statement of finding?.mend.filter((line) => !line.startsWith('--')) ?? [])
        await root.query(statement);
      for (const statement of cleared) await root.query(statement);
      const after = await until(as, (ids) => !ids.includes(id));
      expect(after.findings.filter((one) => one.id === id)).toEqual([]);
    },
  );

  it.each(Object.entries(rules))(
    '%s is found in pg_hba.conf, and its advice mends it',
    async (id, [bad, good]) => {
      const { rows } = await root.query<{ file: string }>("select current_setting('hba_file') as file");
      const file = rows[0]?.file ?? '';
      const before = readFileSync(file, 'utf8');
      appendFileSync(file, `${bad}\n`);
      await root.query('select pg_reload_conf()');
      const finding = (await found()).findings.find((one) => one.id === id);
      expect(finding?.evidence).toEqual([expect.stringMatching(/^line \d+: host/)]);
      writeFileSync(file, `${before}${good}\n`);
      await root.query('select pg_reload_conf()');
      expect((await found()).findings.map((one) => one.id)).not.toContain(id);
      writeFileSync(file, before);
    },
  );

  it('connection-tls is found, and the URL that it tells mends it', async () => {
    const given = clear('app');
    expect((await found('app', given)).findings).toMatchObject([{ id: 'connection-tls' }]);
    expect((await found('app')).findings.map((one) => one.id)).not.toContain('connection-tls');
  });
});
