import { column, type MariadbCheck, optionFile } from './mariadb-check.ts';
import { accountName } from './quote.ts';

const strict = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION';

function variable(
  id: string,
  severity: MariadbCheck['severity'],
  cwe: number,
  name: string,
  where: string,
  mend: readonly string[],
  title: string,
  why: string,
  extra: Partial<MariadbCheck> = {},
): MariadbCheck {
  return {
    ...{ id, severity, cwe, title, why },
    query: `select ${name} as value from dual where ${where}`,
    place: (row) => ({ evidence: `${name.replace('@@', '')} = ${column(row, 'value') || "''"}`, mend }),
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
    'The server checks no grants',
    'Whoever reaches the port does everything, without a password.',
    { mariadb: true },
  ),
  variable(
    'secure-file-priv',
    'medium',
    552,
    '@@secure_file_priv',
    "coalesce(@@secure_file_priv, '') = ''",
    [optionFile('secure_file_priv=/var/lib/mysql-files')],
    'Files are read and written anywhere on the server',
    'Whoever has FILE, by one wrong grant, reads and writes wherever the server may.',
    { mariadb: true },
  ),
  variable(
    'plugin-dir',
    'high',
    94,
    '@@plugin_dir',
    "@@secure_file_priv <> '' and left(@@plugin_dir, length(@@secure_file_priv)) = @@secure_file_priv",
    [optionFile('secure_file_priv=/var/lib/mysql-files')],
    'The folder of plugins is one that SQL may write to',
    'INTO DUMPFILE puts a library there, and CREATE FUNCTION ... SONAME runs it.',
  ),
  variable(
    'local-infile',
    'medium',
    73,
    '@@global.local_infile',
    '@@global.local_infile = 1',
    both('local_infile', '0'),
    'LOAD DATA LOCAL is on',
    'One injected LOAD DATA LOCAL INFILE reads files of the application, where its driver answers.',
  ),
  variable(
    'sql-mode-strict',
    'medium',
    20,
    '@@global.sql_mode',
    "@@global.sql_mode not regexp 'STRICT_(TRANS|ALL)_TABLES'",
    both('sql_mode', `'${strict}'`),
    'The sql_mode is not strict',
    "A value that is too long is cut in silence: 'admin' and 60 spaces and 'x' becomes 'admin'.",
  ),
  variable(
    'sql-mode-escapes',
    'medium',
    116,
    '@@global.sql_mode',
    "@@global.sql_mode regexp 'NO_BACKSLASH_ESCAPES|ANSI_QUOTES'",
    both('sql_mode', `'${strict}'`),
    'The sql_mode changes how strings are quoted',
    'A driver that escapes by backslash, and does not know of it, lets a quote out of its string.',
  ),
  variable(
    'server-tls',
    'high',
    319,
    '@@have_ssl',
    "@@have_ssl <> 'YES'",
    [optionFile('ssl_cert=/etc/mysql/server.pem and ssl_key=/etc/mysql/server.key')],
    'The server has no TLS',
    'Queries and rows cross the network in the clear, and nobody knows which server answered.',
    { mariadb: true },
  ),
  {
    id: 'connection-tls',
    severity: 'high',
    cwe: 319,
    title: 'This connection has no TLS',
    why: 'Who is on the way reads every row, and answers in the place of the server.',
    // A socket of the machine has no address.
    query: `select variable_value as value from information_schema.session_status
      where variable_name = 'SSL_CIPHER' and variable_value = '' and exists (
        select 1 from information_schema.processlist where id = connection_id() and host regexp ':[0-9]+$')`,
    mariadb: true,
    place: () => ({
      evidence: 'Ssl_cipher is empty',
      mend: ['-- in the URL of the application: sslmode=verify-full; see require-tls for the account'],
    }),
  },
  variable(
    'statement-time',
    'medium',
    400,
    '@@max_statement_time',
    '@@max_statement_time = 0',
    [],
    'Statements of the account may run for ever',
    'One injected SLEEP or join holds a connection, and all of them after some.',
    {
      mariadb: true,
      place: (_row, { account }) => ({
        evidence: 'max_statement_time = 0',
        mend: [`alter user ${accountName(account)} with max_statement_time 30;`],
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
    'A transaction may be left open for ever',
    'It keeps its locks, and old rows from being removed.',
    { mariadb: true },
  ),
  variable(
    'idle-connection',
    'low',
    400,
    '@@global.wait_timeout',
    '@@global.wait_timeout >= 28800',
    both('wait_timeout', '3600'),
    'Connections that nobody uses stay for 8 hours',
    'They stay until there are none left.',
  ),
  variable(
    'lock-wait',
    'low',
    400,
    '@@global.lock_wait_timeout',
    '@@global.lock_wait_timeout >= 3600',
    both('lock_wait_timeout', '10'),
    'A statement waits for a lock on a table for an hour and more',
    'What waits holds up all that come after it.',
  ),
  variable(
    'old-passwords',
    'high',
    916,
    '@@global.old_passwords',
    '@@global.old_passwords = 1',
    both('old_passwords', '0'),
    'New passwords are hashed as before MySQL 4.1',
    'The hash has 16 digits, and is broken in seconds.',
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
    'It has the values that drivers put into the text, passwords and personal data among them.',
  ),
];
