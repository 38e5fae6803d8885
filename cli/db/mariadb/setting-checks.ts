import { column, type MariadbCheck, optionFile } from './mariadb-check.ts';
import { accountName } from './quote.ts';

const strict = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION';

function variable(
  id: string,
  severity: MariadbCheck['severity'],
  cwe: number,
  name: string,
  where: string,
  fix: readonly string[],
  title: string,
  why: string,
  extra: Partial<MariadbCheck> = {},
): MariadbCheck {
  return {
    ...{ id, severity, cwe, title, why },
    query: `select ${name} as value from dual where ${where}`,
    place: (row) => ({ evidence: `${name.replace('@@', '')} = ${column(row, 'value') || "''"}`, fix }),
    ...extra,
  };
}

/** A setting that the server takes while it runs; the line of the file makes it stay. */
const both = (name: string, value: string): readonly string[] => [
  `set global ${name} = ${value};`,
  optionFile(`${name}=${value.replaceAll("'", '')}`),
];

/** Settings of the server and of the account. */
export const settingChecks: readonly MariadbCheck[] = [
  variable(
    'skip-grant-tables',
    'critical',
    306,
    '@@skip_grant_tables',
    '@@skip_grant_tables = 1',
    [optionFile('without skip_grant_tables')],
    'The server does not check privileges',
    'Whoever reaches the port can do anything, without a password.',
    { mariadb: true },
  ),
  variable(
    'secure-file-priv',
    'medium',
    552,
    '@@secure_file_priv',
    "coalesce(@@secure_file_priv, '') = ''",
    [optionFile('secure_file_priv=/var/lib/mysql-files')],
    'SQL may read and write files anywhere on the server',
    'After one wrong grant of FILE, an account can read and write wherever the server can.',
    { mariadb: true },
  ),
  variable(
    'plugin-dir',
    'high',
    94,
    '@@plugin_dir',
    "@@secure_file_priv <> '' and left(@@plugin_dir, length(@@secure_file_priv)) = @@secure_file_priv",
    [optionFile('secure_file_priv=/var/lib/mysql-files')],
    'SQL may write to the plugin folder',
    'INTO DUMPFILE can write a library there, and CREATE FUNCTION ... SONAME runs it.',
  ),
  variable(
    'local-infile',
    'medium',
    73,
    '@@global.local_infile',
    '@@global.local_infile = 1',
    both('local_infile', '0'),
    'LOAD DATA LOCAL is enabled',
    "If the driver allows it, an injected LOAD DATA LOCAL INFILE reads the application's files.",
  ),
  variable(
    'sql-mode-strict',
    'medium',
    20,
    '@@global.sql_mode',
    "@@global.sql_mode not regexp 'STRICT_(TRANS|ALL)_TABLES'",
    both('sql_mode', `'${strict}'`),
    'The sql_mode is not strict',
    "A value that is too long is silently truncated: 'admin', 60 spaces and 'x' become 'admin'.",
  ),
  variable(
    'sql-mode-escapes',
    'medium',
    116,
    '@@global.sql_mode',
    "@@global.sql_mode regexp 'NO_BACKSLASH_ESCAPES|ANSI_QUOTES'",
    both('sql_mode', `'${strict}'`),
    'The sql_mode changes how strings are quoted',
    'A driver that escapes with backslashes and does not know this mode lets a quote end the string.',
  ),
  variable(
    'server-tls',
    'high',
    319,
    '@@have_ssl',
    "@@have_ssl <> 'YES'",
    [optionFile('ssl_cert=/etc/mysql/server.pem and ssl_key=/etc/mysql/server.key')],
    'The server does not use TLS',
    'Queries and rows cross the network in clear text, and the server is not authenticated.',
    { mariadb: true },
  ),
  {
    id: 'connection-tls',
    severity: 'high',
    cwe: 319,
    title: 'This connection does not use TLS',
    why: 'Anyone on the network path can read every row and impersonate the server.',
    // A socket of the machine has no address.
    query: `select variable_value as value from information_schema.session_status
      where variable_name = 'SSL_CIPHER' and variable_value = '' and exists (
        select 1 from information_schema.processlist where id = connection_id() and host regexp ':[0-9]+$')`,
    mariadb: true,
    place: () => ({
      evidence: 'Ssl_cipher is empty',
      fix: ['-- in the URL of the application: sslmode=verify-full; see require-tls for the account'],
    }),
  },
  variable(
    'statement-time',
    'medium',
    400,
    '@@max_statement_time',
    '@@max_statement_time = 0',
    [],
    "The account's statements have no time limit",
    'One injected SLEEP or expensive join occupies a connection; a few of them occupy all.',
    {
      mariadb: true,
      place: (_row, { account }) => ({
        evidence: 'max_statement_time = 0',
        fix: [`alter user ${accountName(account)} with max_statement_time 30;`],
      }),
    },
  ),
  variable(
    'idle-transaction',
    'low',
    400,
    '@@global.idle_transaction_timeout',
    '@@global.idle_transaction_timeout = 0',
    both('idle_transaction_timeout', '60'),
    'An open transaction has no time limit',
    'It keeps its locks and prevents the removal of old row versions.',
    { mariadb: true },
  ),
  variable(
    'idle-connection',
    'low',
    400,
    '@@global.wait_timeout',
    '@@global.wait_timeout >= 28800',
    both('wait_timeout', '3600'),
    'Idle connections stay open for 8 hours or longer',
    'They accumulate until no connections are left.',
  ),
  variable(
    'lock-wait',
    'low',
    400,
    '@@global.lock_wait_timeout',
    '@@global.lock_wait_timeout >= 3600',
    both('lock_wait_timeout', '10'),
    'A statement may wait an hour or longer for a table lock',
    'A waiting statement blocks every statement behind it.',
  ),
  variable(
    'old-passwords',
    'high',
    916,
    '@@global.old_passwords',
    '@@global.old_passwords = 1',
    both('old_passwords', '0'),
    'New passwords use the hash from before MySQL 4.1',
    'The hash has only 16 digits and can be cracked in seconds.',
    { mariadb: true },
  ),
  variable(
    'general-log',
    'low',
    532,
    '@@global.general_log',
    '@@global.general_log = 1',
    both('general_log', '0'),
    'Every query is written to a log',
    'It contains values that drivers put into the text, including passwords and personal data.',
  ),
];
