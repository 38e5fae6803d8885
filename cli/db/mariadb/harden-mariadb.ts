import type { Section } from '../harden-options.ts';
import type { LoginAccount, MariadbPlan } from './harden-plan.ts';
import { accountName, databasePattern, literal } from './quote.ts';

const mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION';

/** The sections for MariaDB. Run twice, they change nothing the second time. */
export function hardenMariadb(plan: MariadbPlan): readonly Section[] {
  return [
    {
      title: 'The session',
      why: ['The strings below are quoted for this sql_mode.'],
      statements: [`set session sql_mode = '${mode}';`],
    },
    {
      title: 'Accounts',
      why: [
        'Each account logs in as itself, over TLS. The owner is for migrations only.',
        'A new account without a password is locked. To unlock it:',
        "  alter user 'shop_rw'@'10.2.0.%' identified by '...'; alter user 'shop_rw'@'10.2.0.%' account unlock;",
      ],
      statements: plan.accounts.flatMap((account) => accountMade(account, plan.statementSeconds)),
    },
    {
      title: 'Grants',
      why: [
        'All privileges are revoked first. No FILE, SUPER or PROCESS, nothing on *.*, no GRANT OPTION.',
        'Privileges on single tables are not restored. Grant EXECUTE for each routine by name.',
      ],
      statements: plan.accounts.flatMap((account) => grants(account, plan.database)),
    },
    {
      title: 'Accounts without a name',
      why: ['Old installations create them.'],
      statements: ["drop user if exists ''@'localhost';", "drop user if exists ''@'%';"],
    },
    {
      title: 'Settings for my.cnf, to be added by hand, followed by a restart',
      why: [
        ...optionLines(plan),
        "secure_file_priv must be an existing, empty folder that belongs to the server's user.",
      ],
      statements: [],
    },
  ];
}

/** The lines for the option file. */
export function optionLines(plan: MariadbPlan): readonly string[] {
  return [
    '[mariadbd]',
    'require_secure_transport=ON',
    'local_infile=OFF',
    'secure_file_priv=/var/lib/mysql-files',
    `sql_mode=${mode}`,
    `wait_timeout=${plan.sessionSeconds}`,
    `idle_transaction_timeout=${plan.idleSeconds}`,
    `lock_wait_timeout=${plan.lockSeconds}`,
    `innodb_lock_wait_timeout=${plan.lockSeconds}`,
    'old_passwords=0',
    'general_log=OFF',
  ];
}

function accountMade(account: LoginAccount, statementSeconds: number): string[] {
  const name = accountName(account);
  // The hash, so that the password is in no statement and no log.
  const hash =
    account.hash === undefined ? undefined : `mysql_native_password using ${literal(account.hash)}`;
  return [
    `create user if not exists ${name} ${hash === undefined ? 'account lock' : `identified via ${hash}`};`,
    ...(hash === undefined ? [] : [`alter user ${name} identified via ${hash};`]),
    // Migrations take their time.
    `alter user ${name} require ssl${account.kind === 'owner' ? '' : ` with max_statement_time ${statementSeconds}`};`,
  ];
}

function grants(account: LoginAccount, database: string): string[] {
  const name = accountName(account);
  const rights = { owner: 'all privileges', reads: 'select', writes: 'select, insert, update, delete' }[
    account.kind
  ];
  return [
    `revoke all privileges, grant option from ${name};`,
    `grant ${rights} on ${databasePattern(database)}.* to ${name};`,
    `set default role none for ${name};`,
  ];
}
