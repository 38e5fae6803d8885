import type { PostgresCheck, Row } from './postgres-check.ts';
import { identifier } from './quote.ts';
import { text } from './row-text.ts';

const loopback = `(address in ('127.0.0.1', '::1', 'localhost', 'samehost') or type = 'local')`;

/** Rules of pg_hba.conf that can be matched, with their columns as text. */
function rules(where: string): string {
  return `select line_number::text as line, type, array_to_string(database, ',') as databases,
    array_to_string(user_name, ',') as users, coalesce(address, '') as address, coalesce(netmask, '') as netmask,
    auth_method as method from pg_hba_file_rules where error is null and ${where} order by line_number`;
}

function rule(row: Row): string {
  const parts = ['type', 'databases', 'users', 'address', 'netmask', 'method'].map((column) =>
    text(row, column),
  );
  return `line ${text(row, 'line')}: ${parts.filter((part) => part !== '').join(' ')}`;
}

function hba(
  id: string,
  severity: PostgresCheck['severity'],
  cwe: number,
  where: string,
  title: string,
  why: string,
  fix: (row: Row) => string,
): PostgresCheck {
  return {
    ...{ id, severity, cwe, title, why },
    as: 'admin',
    superuser: true,
    query: rules(where),
    place: (row) => ({
      evidence: rule(row),
      mend: [`-- pg_hba.conf, line ${text(row, 'line')}: ${fix(row)}`, 'select pg_reload_conf();'],
    }),
  };
}

const setting = (name: string, is: string): string =>
  `select name, setting from pg_settings where name = '${name}' and ${is}`;

function configured(
  id: string,
  severity: PostgresCheck['severity'],
  cwe: number,
  query: string,
  mend: string,
  title: string,
  why: string,
): PostgresCheck {
  return {
    ...{ id, severity, cwe, title, why, query },
    superuser: true,
    place: (row) => ({
      evidence: `${text(row, 'name')} = ${text(row, 'setting')}`,
      mend: [mend, 'select pg_reload_conf();'],
    }),
  };
}

/** Connections, passwords and logs. */
export const serverChecks: readonly PostgresCheck[] = [
  configured(
    'server-tls',
    'high',
    319,
    `${setting('ssl', "setting = 'off'")} and inet_server_addr() is not null`,
    "alter system set ssl = 'on'; -- with ssl_cert_file and ssl_key_file",
    'The server has no TLS',
    'Passwords, queries and rows cross the network in the clear, and nobody knows which server answered.',
  ),
  {
    id: 'connection-tls',
    severity: 'high',
    cwe: 319,
    title: 'This connection has no TLS',
    why: 'Who is on the way reads every row, and answers in the place of the server.',
    superuser: true,
    query: `select host(inet_client_addr()) as client from pg_stat_ssl where pid = pg_backend_pid() and not ssl
      and inet_client_addr() is not null`,
    place: (row) => ({
      evidence: `from ${text(row, 'client')}`,
      mend: [
        '-- in the URL of the application: sslmode=verify-full; in pg_hba.conf: hostssl in the place of host',
      ],
    }),
  },
  hba(
    'hba-trust',
    'critical',
    306,
    "auth_method = 'trust'",
    'pg_hba.conf lets somebody in without a password',
    'Whoever reaches the port or the socket is any user of the rule, a superuser where it says all.',
    () => 'scram-sha-256 in the place of trust (peer for a local rule)',
  ),
  hba(
    'hba-password',
    'high',
    319,
    "auth_method = 'password'",
    'pg_hba.conf asks for passwords in the clear',
    'The server, or who answers in its place, learns the password itself.',
    () => 'scram-sha-256 in the place of password',
  ),
  hba(
    'hba-md5',
    'medium',
    916,
    "auth_method = 'md5'",
    'pg_hba.conf takes MD5',
    'A stored MD5 password is all that is needed to log in, and one that is overheard is guessed fast.',
    () => 'scram-sha-256 in the place of md5, when all passwords are SCRAM',
  ),
  hba(
    'hba-no-tls',
    'high',
    319,
    `type in ('host', 'hostnossl', 'hostnogssenc') and auth_method <> 'reject' and not ${loopback}`,
    'pg_hba.conf takes connections from the network without TLS',
    'A client that does not ask for TLS talks in the clear.',
    (row) => `hostssl in the place of ${text(row, 'type')}`,
  ),
  hba(
    'hba-everywhere',
    'medium',
    284,
    `type <> 'local' and auth_method <> 'reject' and (address = 'all'
      or (address in ('0.0.0.0', '::') and netmask in ('0.0.0.0', '::')))`,
    'pg_hba.conf takes connections from every address',
    'Passwords are guessed from anywhere that the firewall, if there is one, lets through.',
    () => "the application's own range in the place of the address",
  ),
  {
    id: 'md5-password',
    severity: 'medium',
    cwe: 916,
    title: 'A role has an MD5 password',
    why: 'Who reads the hash, in a backup for one, logs in with it without knowing the password.',
    as: 'admin',
    superuser: true,
    query: `select rolname as name from pg_authid where rolpassword like 'md5%' order by 1`,
    place: (row) => ({
      evidence: `role ${identifier(text(row, 'name'))}`,
      mend: [
        "set password_encryption = 'scram-sha-256';",
        `-- then, in psql: \\password ${identifier(text(row, 'name'))}`,
      ],
    }),
  },
  configured(
    'password-encryption',
    'medium',
    916,
    setting('password_encryption', "reset_val <> 'scram-sha-256'"),
    "alter system set password_encryption = 'scram-sha-256';",
    'New passwords are stored as MD5',
    'Who reads the hash logs in with it.',
  ),
  configured(
    'log-parameters',
    'low',
    532,
    `select 'log_parameter_max_length' as name, setting from pg_settings where name = 'log_parameter_max_length' and setting <> '0'
      and (current_setting('log_statement') in ('all', 'mod') or current_setting('log_min_duration_statement') <> '-1'
        or current_setting('log_min_duration_sample') <> '-1')`,
    'alter system set log_parameter_max_length = 0;',
    'Values of queries are written to the log',
    'Passwords and personal data that were bound as parameters stay in files that more people read.',
  ),
  configured(
    'log-parameters-on-error',
    'low',
    532,
    setting('log_parameter_max_length_on_error', "setting <> '0'"),
    'alter system set log_parameter_max_length_on_error = 0;',
    'Values of queries that fail are written to the log',
    'An attacker chooses which queries fail, and a mistake writes a password down.',
  ),
];
