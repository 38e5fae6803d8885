import {
  argumentPairs,
  granteeName,
  ownSchemas,
  type PostgresCheck,
  reaches,
  type Scene,
} from './postgres-check.ts';
import { dollarQuoted, identifier } from './quote.ts';
import { grantee, object, routine, text } from './row-text.ts';

/** To another owner, who is made first where there is none; what the role needs of it is granted, since it loses all. */
function handOver(what: string, rights: string, { owner, ownerExists, role }: Scene): string[] {
  const first = ownerExists ? [] : [made(owner)];
  return [
    ...first,
    `alter ${what} owner to ${identifier(owner)};`,
    `grant ${rights} on ${what.replace(/^(materialized |foreign )?(view|table) /, '')} to ${identifier(role)};`,
  ];
}

/** More than one finding says it, and the second time is no error. */
function made(owner: string): string {
  const body = `begin create role ${identifier(owner)}; exception when duplicate_object then null; end`;
  return `do ${dollarQuoted(body)};`;
}

const relationKind = `case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
  when 'f' then 'foreign table' else 'table' end`;

/** What the role owns, creates and may do to schemas and tables. */
export const objectChecks: readonly PostgresCheck[] = [
  {
    id: 'owns-tables',
    severity: 'high',
    cwe: 269,
    title: 'The role owns tables',
    why: 'An owner can drop and alter them and grant them to anyone, and the policies on them do not apply to it.',
    query: `select n.nspname as schema, c.relname as name, ${relationKind} as kind,
      case when c.relkind in ('v', 'm') or current_setting('default_transaction_read_only') = 'on'
        then 'select' else 'select, insert, update, delete' end as rights
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles o on o.oid = c.relowner
      where o.rolname = current_user and c.relkind in ('r', 'p', 'v', 'm', 'f') and ${ownSchemas} order by 1, 2`,
    place: (row, scene) => ({
      evidence: object(row),
      fix: handOver(`${text(row, 'kind')} ${object(row)}`, text(row, 'rights'), scene),
    }),
  },
  {
    id: 'owns-schema',
    severity: 'high',
    cwe: 269,
    title: 'The role owns a schema',
    why: 'It can drop everything in the schema, whoever owns it.',
    query: `select n.nspname as name from pg_namespace n join pg_roles o on o.oid = n.nspowner
      where o.rolname = current_user and ${ownSchemas} order by 1`,
    place: (row, scene) => {
      const name = identifier(text(row, 'name'));
      return { evidence: `schema ${name}`, fix: handOver(`schema ${name}`, 'usage', scene) };
    },
  },
  {
    id: 'owns-database',
    severity: 'high',
    cwe: 269,
    title: 'The role owns the database',
    why: "It can drop the database, and since PostgreSQL 15 it has an owner's rights in the schema public.",
    query: `select d.datname as name from pg_database d join pg_roles o on o.oid = d.datdba
      where o.rolname = current_user and d.datname = current_database()`,
    place: (row, scene) => {
      const name = identifier(text(row, 'name'));
      return { evidence: `database ${name}`, fix: handOver(`database ${name}`, 'connect', scene) };
    },
  },
  {
    id: 'owns-routines',
    severity: 'medium',
    cwe: 269,
    title: 'The role owns functions',
    why: 'It can replace their bodies, and whoever calls them runs its code.',
    query: `select n.nspname as schema, p.proname as name,
      ${argumentPairs}
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles o on o.oid = p.proowner
      where o.rolname = current_user and ${ownSchemas} and p.prokind <> 'a' order by 1, 2`,
    place: (row, scene) => ({
      evidence: object(row),
      fix: handOver(`routine ${routine(row)}`, 'execute', scene),
    }),
  },
  {
    id: 'create-in-schema',
    severity: 'high',
    cwe: 732,
    title: 'The role may create objects in a schema',
    why: 'It can create a table or function that is used instead of one with the same name (CVE-2018-1058).',
    query: `select n.nspname as name, ${granteeName} as grantee
      from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
      where a.privilege_type = 'CREATE' and a.grantee <> n.nspowner and ${reaches} and ${ownSchemas} order by 1, 2`,
    place: (row) => ({
      evidence: `schema ${identifier(text(row, 'name'))}, granted to ${grantee(row)}`,
      fix: [`revoke create on schema ${identifier(text(row, 'name'))} from ${grantee(row)};`],
    }),
  },
  database(
    'create-in-database',
    'medium',
    'CREATE',
    'The role may create schemas',
    'It owns the schemas that it creates and can fill them. The same right lets it install trusted extensions.',
  ),
  database(
    'temporary-tables',
    'medium',
    'TEMPORARY',
    'The role may create temporary tables',
    "They come first in every search_path that does not name pg_temp, so a SECURITY DEFINER function can read the attacker's table. They can also fill the disk.",
  ),
  {
    id: 'public-connect',
    severity: 'low',
    cwe: 732,
    title: 'Every role of the server may connect to the database',
    why: "An attacker with another application's account can connect to this database too.",
    superuser: true,
    query: `select d.datname as name from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where d.datname = current_database() and a.grantee = 0 and a.privilege_type = 'CONNECT'`,
    place: (row, { role }) => {
      const name = identifier(text(row, 'name'));
      return {
        evidence: `database ${name}`,
        fix: [
          `grant connect on database ${name} to ${identifier(role)};`,
          `revoke connect on database ${name} from public;`,
        ],
      };
    },
  },
  {
    id: 'public-schema',
    severity: 'low',
    cwe: 732,
    title: 'Every role may use the schema public',
    why: 'Anything that is granted to PUBLIC there, or created there by mistake, is open to every account of the server.',
    superuser: true,
    query: `select n.nspname as name from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
      where n.nspname = 'public' and a.grantee = 0 and a.privilege_type = 'USAGE'`,
    place: (_row, { role }) => ({
      evidence: 'schema "public"',
      fix: [
        `grant usage on schema "public" to ${identifier(role)};`,
        'revoke usage on schema "public" from public;',
      ],
    }),
  },
  {
    id: 'public-tables',
    severity: 'medium',
    cwe: 732,
    title: 'Tables are granted to PUBLIC',
    why: 'Every future role has them too, such as one for reports.',
    superuser: true,
    query: `select n.nspname as schema, c.relname as name, string_agg(a.privilege_type, ', ' order by a.privilege_type) as privileges
      from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
      where a.grantee = 0 and c.relkind in ('r', 'p', 'v', 'm', 'f') and ${ownSchemas}
      and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e')
      group by 1, 2 order by 1, 2`,
    place: (row) => ({
      evidence: `${text(row, 'privileges')} on ${object(row)}`,
      fix: [`revoke all on ${object(row)} from public;`],
    }),
  },
  {
    id: 'public-default',
    severity: 'medium',
    cwe: 276,
    title: 'New tables will be granted to PUBLIC',
    why: 'Tables of the next migration are open to every account of the server.',
    superuser: true,
    query: `select o.rolname as owner, n.nspname as schema from pg_default_acl d
      join pg_roles o on o.oid = d.defaclrole left join pg_namespace n on n.oid = d.defaclnamespace, aclexplode(d.defaclacl) a
      where d.defaclobjtype = 'r' and a.grantee = 0 group by 1, 2 order by 1, 2`,
    place: (row) => {
      const where = row['schema'] === null ? '' : ` in schema ${identifier(text(row, 'schema'))}`;
      const owner = identifier(text(row, 'owner'));
      return {
        evidence: `tables of ${owner}${where}`,
        fix: [`alter default privileges for role ${owner}${where} revoke all on tables from public;`],
      };
    },
  },
  {
    id: 'table-rights',
    severity: 'medium',
    cwe: 732,
    title: 'The role may truncate tables, or create triggers and foreign keys on them',
    why: "TRUNCATE ignores policies, and a trigger runs the attacker's function as whoever writes next.",
    query: `select n.nspname as schema, c.relname as name, ${granteeName} as grantee,
      string_agg(a.privilege_type, ', ' order by a.privilege_type) as privileges
      from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
      where a.privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN') and c.relkind in ('r', 'p', 'f', 'v', 'm')
      and a.grantee <> c.relowner and ${reaches} and ${ownSchemas} group by 1, 2, 3 order by 1, 2, 3`,
    place: (row) => ({
      evidence: `${text(row, 'privileges')} on ${object(row)}, granted to ${grantee(row)}`,
      fix: [`revoke ${text(row, 'privileges')} on ${object(row)} from ${grantee(row)};`],
    }),
  },
  {
    id: 'read-only-writes',
    severity: 'medium',
    cwe: 732,
    title: 'Only a setting makes the role read-only; its grants allow writing',
    why: 'One injected set_config or SET TRANSACTION READ WRITE turns the setting off. Only grants are a real limit.',
    query: `select n.nspname as schema, c.relname as name, ${granteeName} as grantee,
      string_agg(a.privilege_type, ', ' order by a.privilege_type) as privileges
      from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
      where (select reset_val from pg_settings where name = 'default_transaction_read_only') = 'on'
      and a.privilege_type in ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE') and c.relkind in ('r', 'p', 'f', 'v')
      and a.grantee <> c.relowner and ${reaches} and ${ownSchemas} group by 1, 2, 3 order by 1, 2, 3`,
    place: (row) => ({
      evidence: `${text(row, 'privileges')} on ${object(row)}, granted to ${grantee(row)}`,
      fix: [`revoke ${text(row, 'privileges')} on ${object(row)} from ${grantee(row)};`],
    }),
  },
];

function database(
  id: string,
  severity: PostgresCheck['severity'],
  privilege: string,
  title: string,
  why: string,
): PostgresCheck {
  return {
    ...{ id, severity, cwe: 732, title, why },
    query: `select d.datname as name, ${granteeName} as grantee
      from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where d.datname = current_database() and a.privilege_type = '${privilege}' and a.grantee <> d.datdba and ${reaches}`,
    place: (row) => ({
      evidence: `database ${identifier(text(row, 'name'))}, granted to ${grantee(row)}`,
      fix: [
        `revoke ${privilege.toLowerCase()} on database ${identifier(text(row, 'name'))} from ${grantee(row)};`,
      ],
    }),
  };
}
