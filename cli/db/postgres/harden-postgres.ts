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
      'No name below is looked up anywhere but where it says, and a lock is not waited for longer than 10 seconds.',
    ],
    statements: [
      'set local search_path = pg_catalog, pg_temp;',
      "set local lock_timeout = '10s';",
      block(`begin
  if current_database() <> ${literal(database)} then
    raise exception 'this is the database %, not the one that was named', current_database();
  end if;
end`),
    ],
  };
}

function roles({ owner, roles: logins }: PostgresPlan): Section {
  return {
    title: 'Roles',
    why: [
      'Each logs in as itself: what SET ROLE takes away, an injected RESET ROLE gives back.',
      'The owner is for migrations alone. Nothing that answers requests logs in as it.',
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
      ? `-- It has the password it had, or none. To set one, in psql: \\password ${role}`
      : `alter role ${role} password ${literal(verifier)};`,
  ];
}

function ownership({ owner, database: name, schemas: named, roles: logins }: PostgresPlan): Section {
  return {
    title: 'Ownership',
    why: ['An owner drops what it owns, grants it to others, and is not bound by its policies.'],
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
    why: ['Other roles of the server do not connect, and nobody makes temporary tables or schemas.'],
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
      'To use is not to create: who creates puts a table or function in the place of another (CVE-2018-1058).',
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
    title: 'Tables and sequences that are there',
    why: [
      'First everything is taken away, TRUNCATE, TRIGGER and REFERENCES with it. Grants on columns go with those on their table.',
    ],
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
    title: 'Tables, sequences and functions of the next migration',
    why: [
      "Of what the owner makes. A function is nobody's to call until it is granted: grant execute on function ... to ...",
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
      'They stop mistakes and load. They are no limit for an attacker, who sets them back; the grants are the limit.',
      'A pool has to close its idle connections before idle_session_timeout does. PgBouncer: set that one in its own way.',
    ],
    statements: perRole,
  };
}

function connections({ database: name, roles: logins }: PostgresPlan): Section {
  const plain = (value: string): string => (/^[a-z_][a-z0-9_]*$/.test(value) ? value : identifier(value));
  return {
    title: 'Connections: files of the server, which this does not write',
    why: [
      "postgresql.conf: ssl = on, password_encryption = 'scram-sha-256', log_parameter_max_length = 0,",
      '  log_parameter_max_length_on_error = 0',
      'pg_hba.conf, with the range of the application, and no line that is wider before them:',
      ...logins.map((login) => `  hostssl ${plain(name)} ${plain(login.name)} 192.0.2.0/28 scram-sha-256`),
    ],
    statements: [],
  };
}
