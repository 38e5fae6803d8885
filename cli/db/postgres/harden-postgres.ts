import type { Section } from '../harden-options.ts';
import { hardenFunctions } from './harden-functions.ts';
import type { LoginRole, PostgresPlan } from './harden-plan.ts';
import { dollarQuoted, identifier, literal } from './quote.ts';

/** The sections for PostgreSQL 13 and later. Run twice, they change nothing the second time. */
export function hardenPostgres(plan: PostgresPlan): readonly Section[] {
  return [
    session(plan),
    roles(plan),
    ownership(plan),
    database(plan),
    schemas(plan),
    tables(plan),
    defaults(plan),
    settings(plan),
    ...hardenFunctions(plan),
    connections(plan),
  ];
}

export function quotedList(names: readonly string[]): string {
  return names.map(identifier).join(', ');
}

/** A block of DO. Names inside are quoted for where they stand, and nothing in them ends the block. */
export function block(body: string): string {
  return `do ${dollarQuoted(`\n${body}\n`)};`;
}

function session({ database }: PostgresPlan): Section {
  return {
    title: 'The session',
    why: [
      'Names below are looked up only in the system catalog unless qualified, and no lock is waited for longer than 10 seconds.',
    ],
    statements: [
      'set local search_path = pg_catalog, pg_temp;',
      "set local lock_timeout = '10s';",
      block(`begin
  if current_database() <> ${literal(database)} then
    raise exception 'this is the database %, not the one named by --database', current_database();
  end if;
end`),
    ],
  };
}

function roles({ owner, roles: logins }: PostgresPlan): Section {
  return {
    title: 'Roles',
    why: [
      'Each role logs in as itself: an injected RESET ROLE undoes whatever SET ROLE gave up.',
      'The owner is for migrations only. Nothing that handles requests logs in as the owner.',
    ],
    statements: [
      ...[owner, ...logins.map((login) => login.name)].map(roleMade),
      ...logins.flatMap(loginRole),
    ],
  };
}

function roleMade(role: string): string {
  return block(`begin
  if not exists (select from pg_roles where rolname = ${literal(role)}) then
    create role ${identifier(role)} login;
  end if;
end`);
}

function loginRole({ name, verifier }: LoginRole): string[] {
  const role = identifier(name);
  const attributes =
    'rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls or not rolcanlogin';
  return [
    // Only where it changes something: to name SUPERUSER at all takes one, which a managed service does not give.
    block(`begin
  if exists (select from pg_roles where rolname = ${literal(name)} and (${attributes})) then
    alter role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end`),
    // Whatever it could become.
    block(`declare
  g name;
begin
  for g in select r.rolname from pg_auth_members am join pg_roles r on r.oid = am.roleid
      join pg_roles m on m.oid = am.member where m.rolname = ${literal(name)} loop
    execute format('revoke %I from %I', g, ${literal(name)});
  end loop;
end`),
    verifier === undefined
      ? `-- The password is unchanged (a new role has none). To set one, in psql: \\password ${role}`
      : `alter role ${role} password ${literal(verifier)};`,
  ];
}

function ownership({ owner, database: name, schemas: named, roles: logins }: PostgresPlan): Section {
  return {
    title: 'Ownership',
    why: ['An owner can drop what it owns and grant it to others, and policies do not apply to it.'],
    statements: [
      `alter database ${identifier(name)} owner to ${identifier(owner)};`,
      ...named.map(
        (schema) => `create schema if not exists ${identifier(schema)} authorization ${identifier(owner)};`,
      ),
      ...named.map((schema) => `alter schema ${identifier(schema)} owner to ${identifier(owner)};`),
      `reassign owned by ${quotedList(logins.map((login) => login.name))} to ${identifier(owner)};`,
    ],
  };
}

function database({ database: name, owner, roles: logins }: PostgresPlan): Section {
  const all = quotedList(logins.map((login) => login.name));
  return {
    title: 'The database',
    why: ['Other roles of the server cannot connect, and no role may create temporary tables or schemas.'],
    statements: [
      `revoke all on database ${identifier(name)} from public;`,
      `revoke all on database ${identifier(name)} from ${all};`,
      `grant connect on database ${identifier(name)} to ${all}, ${identifier(owner)};`,
    ],
  };
}

function schemas({ schemas: named, roles: logins }: PostgresPlan): Section {
  const all = quotedList(logins.map((login) => login.name));
  return {
    title: 'Schemas',
    why: [
      'Roles may use schemas but not create in them: a new object could be used instead of one with the same name (CVE-2018-1058).',
    ],
    statements: [...new Set(['public', ...named])].map((schema) =>
      schema === 'public' && !named.includes('public')
        ? block(`begin
  if to_regnamespace('public') is not null then
    revoke all on schema public from public;
    revoke all on schema public from ${all};
  end if;
end`)
        : [
            `revoke all on schema ${identifier(schema)} from public;`,
            `revoke all on schema ${identifier(schema)} from ${all};`,
            `grant usage on schema ${identifier(schema)} to ${all};`,
          ].join('\n'),
    ),
  };
}

function tables({ schemas: named, roles: logins }: PostgresPlan): Section {
  const on = (what: string, schema: string): string => `on all ${what} in schema ${identifier(schema)}`;
  const all = quotedList(logins.map((login) => login.name));
  const grants = logins.flatMap(({ name, writes }) =>
    named.flatMap((schema) => [
      `grant ${writes ? 'select, insert, update, delete' : 'select'} ${on('tables', schema)} to ${identifier(name)};`,
      ...(writes ? [`grant usage ${on('sequences', schema)} to ${identifier(name)};`] : []),
    ]),
  );
  return {
    title: 'Existing tables and sequences',
    why: ['All privileges are revoked first, including TRUNCATE, TRIGGER, REFERENCES and grants on columns.'],
    statements: [
      ...named.flatMap((schema) =>
        ['tables', 'sequences'].map((what) => `revoke all ${on(what, schema)} from public, ${all};`),
      ),
      ...grants,
    ],
  };
}

function defaults({ schemas: named, owner, roles: logins }: PostgresPlan): Section {
  const forOwner = `alter default privileges for role ${identifier(owner)}`;
  return {
    title: 'Tables, sequences and functions of future migrations',
    why: [
      'For objects that the owner creates. No role may call a new function until you run: grant execute on function ... to ...',
    ],
    statements: [
      `${forOwner} revoke all on tables from public;`,
      `${forOwner} revoke all on sequences from public;`,
      `${forOwner} revoke execute on functions from public;`,
      ...logins.flatMap(({ name, writes }) =>
        named.flatMap((schema) => {
          const inSchema = `${forOwner} in schema ${identifier(schema)}`;
          const to = `to ${identifier(name)}`;
          return [
            `${inSchema} revoke all on tables from ${identifier(name)};`,
            `${inSchema} grant ${writes ? 'select, insert, update, delete' : 'select'} on tables ${to};`,
            ...(writes ? [`${inSchema} grant usage on sequences ${to};`] : []),
          ];
        }),
      ),
    ],
  };
}

function settings({ database: name, schemas: named, roles: logins, timeouts }: PostgresPlan): Section {
  const perRole = logins.flatMap(({ name: login, writes }) => {
    const role = `alter role ${identifier(login)} in database ${identifier(name)}`;
    const { idle_session_timeout: session, ...others } = timeouts;
    return [
      ...Object.entries(others).map(([setting, ms]) => `${role} set ${setting} = '${ms}ms';`),
      block(`begin
  if current_setting('server_version_num')::int >= 140000 then
    ${role} set idle_session_timeout = '${session}ms';
  end if;
end`),
      `${role} set search_path = ${quotedList(named)}, pg_temp;`,
      `${role} set default_transaction_read_only = ${writes ? 'off' : 'on'};`,
    ];
  });
  return {
    title: 'Settings',
    why: [
      'They limit mistakes and load. An attacker can change them back; only the grants are a real limit.',
      "A pool must close idle connections before idle_session_timeout does. With PgBouncer, use PgBouncer's own setting.",
    ],
    statements: perRole,
  };
}

function connections({ database: name, roles: logins }: PostgresPlan): Section {
  const plain = (value: string): string => (/^[a-z_][a-z0-9_]*$/.test(value) ? value : identifier(value));
  return {
    title: 'Connections: server files, to be edited by hand',
    why: [
      "postgresql.conf: ssl = on, password_encryption = 'scram-sha-256', log_parameter_max_length = 0,",
      '  log_parameter_max_length_on_error = 0',
      "pg_hba.conf, with the application's range, and without a wider rule above these lines:",
      ...logins.map((login) => `  hostssl ${plain(name)} ${plain(login.name)} 192.0.2.0/28 scram-sha-256`),
    ],
    statements: [],
  };
}
