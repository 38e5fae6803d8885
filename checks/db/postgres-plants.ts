export interface Plant {
  readonly plant: readonly string[];
  readonly cleared?: readonly string[];
  /** Whom it is found as, if not the role that writes. */
  readonly as?: string;
}

const hashed = "'md5' || md5('a long password for testsother')";

/** By the id of a weakness: what makes it, and what more than its own statements takes the rest away. */
export const postgresPlants: Readonly<Record<string, Plant>> = {
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
export const plantedRules: Readonly<Record<string, readonly [string, string]>> = {
  'hba-trust': ['hostssl all all 10.9.0.0/16 trust', 'hostssl all all 10.9.0.0/16 scram-sha-256'],
  'hba-password': ['hostssl all "a b" 10.9.0.0/16 password', 'hostssl all "a b" 10.9.0.0/16 scram-sha-256'],
  'hba-md5': ['hostssl all all 10.9.0.0/16 md5', 'hostssl all all 10.9.0.0/16 scram-sha-256'],
  'hba-no-tls': ['host all all 10.9.0.0/16 scram-sha-256', 'hostssl all all 10.9.0.0/16 scram-sha-256'],
  'hba-everywhere': ['hostssl all all 0.0.0.0/0 scram-sha-256', 'hostssl all all 10.9.0.0/16 scram-sha-256'],
};
