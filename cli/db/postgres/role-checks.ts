import { granteeName, type PostgresCheck, type Row, reaches, type Scene } from './postgres-check.ts';
import { identifier } from './quote.ts';
import { grantee, text } from './row-text.ts';

function attribute(
  id: string,
  severity: PostgresCheck['severity'],
  column: string,
  title: string,
  why: string,
): PostgresCheck {
  return {
    ...{ id, severity, cwe: 250, title, why },
    ...(id === 'superuser' ? { superuser: true } : {}),
    query: `select rolname as role from pg_roles where rolname = current_user and ${column}`,
    place: (row) => ({
      evidence: `role ${identifier(text(row, 'role'))}`,
      fix: [`alter role ${identifier(text(row, 'role'))} no${id};`],
    }),
  };
}

/** The memberships by which the role is a member of anything, one row for each: `member` has `name`. */
const memberships = `
  select g.rolname as name, m.rolname as member, g.oid as target from pg_auth_members am
  join pg_roles g on g.oid = am.roleid join pg_roles m on m.oid = am.member
  where pg_has_role(am.member, 'MEMBER')`;

function leave(row: Row): string {
  return `revoke ${identifier(text(row, 'name'))} from ${identifier(text(row, 'member'))};`;
}

/** What the role is, and what it may become. */
export const roleChecks: readonly PostgresCheck[] = [
  attribute(
    'superuser',
    'critical',
    'rolsuper',
    'The role is a superuser',
    'No grant, policy or setting limits it, and a single statement can run a program on the server.',
  ),
  attribute(
    'bypassrls',
    'high',
    'rolbypassrls',
    'The role bypasses row-level security',
    'One injected SELECT reads the rows of every tenant.',
  ),
  attribute(
    'createrole',
    'high',
    'rolcreaterole',
    'The role may create and change roles',
    'It can grant itself more rights. Up to PostgreSQL 15 it can even join any role that is not a superuser.',
  ),
  attribute(
    'createdb',
    'medium',
    'rolcreatedb',
    'The role may create databases',
    'It owns the databases that it creates, and can fill the disk.',
  ),
  attribute(
    'replication',
    'high',
    'rolreplication',
    'The role may start replication',
    "It can copy the whole cluster, including all roles' password hashes.",
  ),
  {
    id: 'powerful-role',
    severity: 'high',
    cwe: 250,
    title: 'The role is a member of a powerful predefined role',
    why: 'Such a role can read or write all tables, read files on the server, or run programs there (COPY ... FROM PROGRAM).',
    query: `${memberships} and g.rolname ~ '^pg_' and g.rolname not in
      ('pg_database_owner', 'pg_use_reserved_connections', 'pg_read_all_settings', 'pg_read_all_stats', 'pg_stat_scan_tables')`,
    place: (row) => ({
      evidence: `${identifier(text(row, 'member'))} is a member of ${text(row, 'name')}`,
      fix: [leave(row)],
    }),
  },
  {
    id: 'set-role',
    severity: 'high',
    cwe: 269,
    title: 'The role can switch to a more powerful role',
    why: 'An injected SET ROLE, or inherited rights, give it the rights of an owner or of a role with special attributes.',
    query: `select * from (${memberships}) way where name !~ '^pg_' and exists (
      select from pg_roles strong where pg_has_role(way.target, strong.oid, 'MEMBER') and strong.rolname <> current_user
      and (strong.rolsuper or strong.rolbypassrls or strong.rolcreaterole or strong.rolcreatedb or strong.rolreplication
        or exists (select from pg_database d where d.datdba = strong.oid)
        or exists (select from pg_class c where c.relowner = strong.oid)
        or exists (select from pg_namespace s where s.nspowner = strong.oid)))`,
    place: (row) => ({
      evidence: `${identifier(text(row, 'member'))} is a member of ${identifier(text(row, 'name'))}`,
      fix: [leave(row)],
    }),
  },
  {
    id: 'admin-option',
    severity: 'high',
    cwe: 269,
    title: 'The role may grant another role to anyone',
    why: 'It can add any account to that role, and remove members.',
    query: `select g.rolname as name, m.rolname as member from pg_auth_members am
      join pg_roles g on g.oid = am.roleid join pg_roles m on m.oid = am.member
      where am.admin_option and pg_has_role(am.member, 'MEMBER')`,
    place: (row) => ({
      evidence: `${identifier(text(row, 'member'))} has ADMIN OPTION on ${identifier(text(row, 'name'))}`,
      fix: [
        `revoke admin option for ${identifier(text(row, 'name'))} from ${identifier(text(row, 'member'))};`,
      ],
    }),
  },
  {
    id: 'parameter-privilege',
    severity: 'high',
    cwe: 250,
    title: 'The role may set parameters that are reserved for superusers',
    why: 'Settings such as session_preload_libraries or archive_command run code; others turn logging off.',
    since: 150_000,
    query: `select p.parname as name, ${granteeName} as grantee,
      string_agg(a.privilege_type, ', ' order by a.privilege_type) as privileges
      from pg_parameter_acl p, aclexplode(p.paracl) a
      where ${reaches} group by 1, 2`,
    place: (row) => ({
      evidence: `${text(row, 'privileges')} on ${identifier(text(row, 'name'))}`,
      fix: [
        `revoke ${text(row, 'privileges')} on parameter ${parameter(text(row, 'name'))} from ${grantee(row)};`,
      ],
    }),
  },
  ...[
    timeout(
      'statement-timeout',
      'medium',
      'statement_timeout',
      '30s',
      'One injected pg_sleep or expensive join occupies a connection forever.',
    ),
    timeout(
      'lock-timeout',
      'low',
      'lock_timeout',
      '10s',
      'A statement that waits for a lock blocks every statement behind it.',
    ),
    timeout(
      'idle-in-transaction-timeout',
      'medium',
      'idle_in_transaction_session_timeout',
      '60s',
      'A transaction that is left open keeps its locks and prevents the removal of old row versions.',
    ),
    timeout(
      'idle-session-timeout',
      'low',
      'idle_session_timeout',
      '1h',
      'Unused sessions accumulate until no connections are left.',
      140_000,
    ),
  ],
  {
    id: 'search-path',
    severity: 'low',
    cwe: 427,
    title: 'The search_path is not fixed for the role',
    why: 'Whoever can create the schema "$user", or objects in an earlier schema, can replace tables and functions by name.',
    query: `select reset_val as now from pg_settings where name = 'search_path' and reset_val ~ '\\$user'`,
    place: (row, scene) => ({
      evidence: `search_path is ${text(row, 'now')}`,
      fix: [`${alterRole(scene)} set search_path = ${identifier('public')};`],
    }),
  },
];

function timeout(
  id: string,
  severity: PostgresCheck['severity'],
  setting: string,
  value: string,
  why: string,
  since = 0,
): PostgresCheck {
  return {
    ...{ id, severity, cwe: 400, title: `${setting} is 0 (no limit)`, why, since },
    // The value at the session's start: the audit sets some for itself.
    query: `select name from pg_settings where name = '${setting}' and reset_val = '0'`,
    place: (_row, scene) => ({
      evidence: `${setting} = 0`,
      fix: [`${alterRole(scene)} set ${setting} = '${value}';`],
    }),
  };
}

function alterRole({ role, database }: Scene): string {
  return `alter role ${identifier(role)} in database ${identifier(database)}`;
}

/** Each part of `extension.name` for itself. */
function parameter(name: string): string {
  return name.split('.').map(identifier).join('.');
}
