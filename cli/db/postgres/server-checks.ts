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
      fix: [`-- pg_hba.conf, line ${text(row, 'line')}: ${fix(row)}`, 'select pg_reload_conf();'],
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
  fix: string,
  title: string,
  why: string,
): PostgresCheck {
  return {
    ...{ id, severity, cwe, title, why, query },
    superuser: true,
    place: (row) => ({
      evidence: `${text(row, 'name')} = ${text(row, 'setting')}`,
      fix: [fix, 'select pg_reload_conf();'],
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
    'The server does not use TLS',
    'Passwords, queries and rows cross the network in clear text, and the server is not authenticated.',
  ),
  {
    id: 'connection-tls',
    severity: 'high',
    cwe: 319,
    title: 'This connection does not use TLS',
    why: 'Anyone on the network path can read every row and impersonate the server.',
    superuser: true,
    query: `select host(inet_client_addr()) as client from pg_stat_ssl where pid = pg_backend_pid() and not ssl
      and inet_client_addr() is not null`,
    place: (row) => ({
      evidence: `from ${text(row, 'client')}`,
      fix: ["-- in the application's URL: sslmode=verify-full; in pg_hba.conf: hostssl instead of host"],
    }),
  },
  hba(
    'hba-trust',
    'critical',
    306,
    "auth_method = 'trust'",
    'pg_hba.conf allows log-in without a password',
    'Whoever reaches the port or socket can log in as any user of the rule; if it says all, even as a superuser.',
    () => 'replace trust with scram-sha-256 (or peer, for a local rule)',
  ),
  hba(
    'hba-password',
    'high',
    319,
    "auth_method = 'password'",
    'pg_hba.conf uses cleartext passwords',
    'The server, or whoever impersonates it, learns the password.',
    () => 'replace password with scram-sha-256',
  ),
  hba(
    'hba-md5',
    'medium',
    916,
    "auth_method = 'md5'",
    'pg_hba.conf allows MD5 passwords',
    'A stored MD5 hash is enough to log in, and an intercepted one is cracked quickly.',
    () => 'replace md5 with scram-sha-256, once all passwords are SCRAM',
  ),
  hba(
    'hba-no-tls',
    'high',
    319,
    `type in ('host', 'hostnossl', 'hostnogssenc') and auth_method <> 'reject' and not ${loopback}`,
    'pg_hba.conf allows network connections without TLS',
    'A client that does not request TLS communicates in clear text.',
    (row) => `replace ${text(row, 'type')} with hostssl`,
  ),
  hba(
    'hba-everywhere',
    'medium',
    284,
    `type <> 'local' and auth_method <> 'reject' and (address = 'all'
      or (address in ('0.0.0.0', '::') and netmask in ('0.0.0.0', '::')))`,
    'pg_hba.conf allows connections from any address',
    'Anyone that the firewall lets through can guess passwords.',
    () => "replace the address with the application's own range",
  ),
  {
    id: 'md5-password',
    severity: 'medium',
    cwe: 916,
    title: 'A role has an MD5 password',
    why: 'Whoever reads the hash, for example in a backup, can log in without the password.',
    as: 'admin',
    superuser: true,
    query: `select rolname as name from pg_authid where rolpassword like 'md5%' order by 1`,
    place: (row) => ({
      evidence: `role ${identifier(text(row, 'name'))}`,
      fix: [
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
    'Whoever reads the hash can log in with it.',
  ),
  configured(
    'log-parameters',
    'low',
    532,
    `select 'log_parameter_max_length' as name, setting from pg_settings where name = 'log_parameter_max_length' and setting <> '0'
      and (current_setting('log_statement') in ('all', 'mod') or current_setting('log_min_duration_statement') <> '-1'
        or current_setting('log_min_duration_sample') <> '-1')`,
    'alter system set log_parameter_max_length = 0;',
    'Query parameters are written to the log',
    'Passwords and personal data passed as parameters end up in files that more people can read.',
  ),
  configured(
    'log-parameters-on-error',
    'low',
    532,
    setting('log_parameter_max_length_on_error', "setting <> '0'"),
    'alter system set log_parameter_max_length_on_error = 0;',
    'Parameters of failed queries are written to the log',
    'An attacker can make queries fail, and one bug can write a password to the log.',
  ),
];
