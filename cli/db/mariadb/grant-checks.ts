import { column, type MariadbCheck, revoke, strings } from './mariadb-check.ts';
import { accountName, databasePattern, identifier } from './quote.ts';

const data = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'EXECUTE', 'SHOW VIEW'];
const structure = [
  ...['CREATE', 'DROP', 'ALTER', 'INDEX', 'REFERENCES', 'TRIGGER', 'EVENT', 'DELETE HISTORY'],
  ...['CREATE VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE'],
];
const load = ['LOCK TABLES', 'CREATE TEMPORARY TABLES'];
const named = ['FILE', 'SUPER', 'PROCESS', 'CREATE USER', 'USAGE'];

function global(
  id: string,
  severity: MariadbCheck['severity'],
  where: string,
  title: string,
  why: string,
): MariadbCheck {
  return {
    ...{ id, severity, cwe: 250, title, why },
    query: `select grantee, group_concat(privilege_type order by privilege_type separator ', ') as privileges
      from information_schema.user_privileges where grantee in (?) and ${where} group by grantee`,
    place: (row, scene) => ({
      evidence: `${column(row, 'privileges')} on *.*, granted to ${column(row, 'grantee')}`,
      fix: revoke(`${column(row, 'privileges')} on *.*`, row, scene),
    }),
  };
}

/** Rights on databases and on their tables, as one list: `name` is null for a whole database. */
const rights = `select grantee as holder, table_schema as db, null as name, privilege_type, is_grantable
    from information_schema.schema_privileges where grantee in (?)
  union all select grantee, table_schema, table_name, privilege_type, is_grantable
    from information_schema.table_privileges where grantee in (?)`;

function local(
  id: string,
  severity: MariadbCheck['severity'],
  where: string,
  title: string,
  why: string,
): MariadbCheck {
  return {
    ...{ id, severity, cwe: 732, title, why },
    query: `select holder as grantee, db, name, group_concat(distinct privilege_type order by privilege_type separator ', ') as privileges
      from (${rights}) found where ${where} group by holder, db, name order by db, name`,
    place: (row, scene) => {
      const table = row['name'] === null ? '*' : identifier(column(row, 'name'));
      const on = `${column(row, 'privileges')} on ${identifier(column(row, 'db'))}.${table}`;
      return { evidence: `${on}, granted to ${column(row, 'grantee')}`, fix: revoke(on, row, scene) };
    },
  };
}

/** A schema's own name, or a pattern that it is matched by. */
const here = `(db = :database or (name is null and :database like db))`;
const system = `(db in ('mysql', 'sys', 'performance_schema') or (name is null and 'mysql' like db))`;

/** What the account is granted. */
export const grantChecks: readonly MariadbCheck[] = [
  global(
    'file-privilege',
    'critical',
    "privilege_type = 'FILE'",
    'The account may read and write files on the server',
    'LOAD_FILE can read keys and passwords. INTO OUTFILE can write a program where another service runs it.',
  ),
  global(
    'super-privilege',
    'critical',
    "privilege_type = 'SUPER'",
    'The account has SUPER',
    'It can set global variables, kill other connections, and write to a read-only server.',
  ),
  global(
    'process-privilege',
    'medium',
    "privilege_type = 'PROCESS'",
    'The account can see the queries of all other accounts',
    'SHOW PROCESSLIST shows their text, including values that drivers put into it.',
  ),
  global(
    'account-privilege',
    'critical',
    "privilege_type = 'CREATE USER'",
    'The account may create and change accounts',
    'It can set the password of any account, and log in as that account.',
  ),
  global(
    'administrative-privilege',
    'high',
    `privilege_type not in (${strings([...data, ...structure, ...load, ...named])})`,
    'The account has administrative privileges',
    'It can stop the server, read its binary log, or turn protections off.',
  ),
  global(
    'global-grant',
    'high',
    `privilege_type in (${strings([...data, ...structure, ...load])})`,
    'The account has privileges on every database',
    "One injected query can read the tables of every other application, and every account's password hash in mysql.global_priv.",
  ),
  {
    id: 'grant-option',
    severity: 'high',
    cwe: 269,
    title: 'The account may grant its privileges to others',
    why: 'The other account keeps them even after this one is removed.',
    query: `select grantee, null as db, null as name from information_schema.user_privileges
        where grantee in (?) and is_grantable = 'YES' group by grantee
      union select holder, db, name from (${rights}) found where is_grantable = 'YES' group by holder, db, name`,
    place: (row, scene) => {
      const table = row['name'] === null ? '*' : identifier(column(row, 'name'));
      const on = row['db'] === null ? '*.*' : `${identifier(column(row, 'db'))}.${table}`;
      return {
        evidence: `GRANT OPTION on ${on}, granted to ${column(row, 'grantee')}`,
        fix: revoke(`grant option on ${on}`, row, scene),
      };
    },
  },
  local(
    'system-schema',
    'critical',
    system,
    "The account has privileges on the server's own tables",
    'mysql.global_priv holds the password hashes of all accounts. Whoever can write to it can become any of them.',
  ),
  local(
    'other-database',
    'medium',
    `not ${here} and not ${system}`,
    'The account has privileges on another database',
    'SQL injected into this application can read that database too.',
  ),
  local(
    'wildcard-grant',
    'medium',
    // Backslashes are doubled for the string and once more for the expression.
    `name is null and ${here} and regexp_replace(db, '\\\\\\\\[_%\\\\\\\\]', '') regexp '[_%]'`,
    'A grant names the database with a pattern',
    '_ and % are wildcards in a grant, so it also covers a database with a similar name that is created later.',
  ),
  local(
    'structure-privilege',
    'high',
    `${here} and privilege_type in (${strings(structure)})`,
    'The account may change the structure of the database',
    'It can drop tables, and its triggers, views and routines run as whoever uses the table next.',
  ),
  {
    id: 'role-rights',
    severity: 'high',
    cwe: 269,
    title: 'A role of the account has more privileges than an application needs',
    why: 'An injected SET ROLE is enough to use them, and privileges of nested roles are easily overlooked.',
    // The tables of information_schema keep most rights of roles from an account; this has those of inner roles too.
    query: 'show grants',
    perRole: true,
    mariadb: true,
    place: (row, { account, roles, database }) => {
      const grant =
        /^GRANT (.+) ON (?:[A-Z ]+ )?(\*|`(?:[^`]|``)+`)\.(\*|`(?:[^`]|``)+`) TO `((?:[^`]|``)+)`(?: WITH GRANT OPTION)?$/s;
      const [, rights = '', on, , quoted = ''] = grant.exec(String(Object.values(row)[0])) ?? [];
      const role = quoted.replaceAll('``', '`');
      const through = roles.get(role) ?? [];
      const here = on === databasePattern(database) || on === identifier(database);
      const needed = rights === 'USAGE' || (here && rights.split(', ').every((one) => data.includes(one)));
      if (through.length === 0 || needed) return undefined;
      return {
        evidence: `${rights} on ${on}, granted to ${quoted}, through ${through.join(', ')}`,
        fix: through.map((one) => `revoke ${identifier(one)} from ${accountName(account)};`),
      };
    },
  },
  {
    id: 'public-grant',
    severity: 'medium',
    cwe: 732,
    title: 'Privileges are granted to PUBLIC',
    why: 'Every account has them, including future ones.',
    // The tables of information_schema keep them from an account.
    query: 'show grants for public',
    mariadb: true,
    // A server that has no PUBLIC, before 10.11, or none with rights.
    none: ['ER_NONEXISTING_GRANT', 'ER_PARSE_ERROR', 'ER_INVALID_ROLE', 'ER_CANNOT_USER'],
    place: (row) => {
      const [, right] =
        /^GRANT (.+ ON .+) TO PUBLIC(?: WITH GRANT OPTION)?$/s.exec(String(Object.values(row)[0])) ?? [];
      if (right === undefined || right.startsWith('USAGE ON ')) return undefined;
      return { evidence: right, fix: [`revoke ${right} from public;`] };
    },
  },
  local(
    'load-privilege',
    'low',
    `${here} and privilege_type in (${strings(load)})`,
    'The account may lock tables or create temporary ones',
    'One injected LOCK TABLES blocks everyone else, and temporary tables can fill the disk.',
  ),
];
