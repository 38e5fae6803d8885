import type { MariadbRow } from './connect.ts';
import { column, type MariadbCheck } from './mariadb-check.ts';
import { type Account, accountName, identifier } from './quote.ts';

const accountOf = (row: MariadbRow): Account => ({ user: column(row, 'user'), host: column(row, 'host') });

/** Accounts that a person or a program logs in to. */
const logins = `mysql.global_priv where coalesce(json_value(priv, '$.is_role'), 0) = 0
  and coalesce(json_value(priv, '$.account_locked'), 0) = 0`;

function accounts(
  id: string,
  severity: MariadbCheck['severity'],
  cwe: number,
  where: string,
  statement: (account: string) => string,
  title: string,
  why: string,
): MariadbCheck {
  return {
    ...{ id, severity, cwe, title, why },
    as: 'admin',
    mariadb: true,
    query: `select user, host from ${logins} and ${where} order by user, host`,
    place: (row) => {
      const account = accountName(accountOf(row));
      return { evidence: account, fix: [statement(account)] };
    },
  };
}

/** The accounts: that of the application, and with --admin-url the others. */
export const accountChecks: readonly MariadbCheck[] = [
  {
    id: 'require-tls',
    severity: 'medium',
    cwe: 319,
    title: 'The account may log in without TLS',
    why: 'A client that does not request TLS, or whose request an attacker removed, communicates in clear text.',
    query: 'show create user current_user()',
    mariadb: true,
    place: (row, { account }) => {
      const created = String(Object.values(row)[0] ?? '');
      // Names and hashes are quoted, and may hold any word.
      const words = created.replace(/`(?:[^`]|``)*`|'(?:[^'\\]|''|\\.)*'/gs, '');
      if (/\bREQUIRE (SSL|X509|SUBJECT|ISSUER|CIPHER)\b/.test(words)) return undefined;
      return { evidence: accountName(account), fix: [`alter user ${accountName(account)} require ssl;`] };
    },
  },
  {
    id: 'any-host',
    severity: 'low',
    cwe: 284,
    title: 'The account may log in from any host',
    why: 'A leaked password is enough to log in from any machine that can reach the port.',
    query: "select 1 as one from dual where substring_index(current_user(), '@', -1) in ('%', '')",
    place: (_row, { account }) => ({
      evidence: accountName(account),
      fix: [
        `rename user ${accountName(account)} to ${accountName({ ...account, host: '127.0.0.1' })}; -- or its own range`,
      ],
    }),
  },
  accounts(
    'anonymous-account',
    'high',
    306,
    "user = ''",
    (account) => `drop user ${account};`,
    'There is an account without a name',
    'Anyone on its host can log in under any name.',
  ),
  accounts(
    'no-password',
    'critical',
    306,
    `user not in ('', 'mariadb.sys') and coalesce(json_value(priv, '$.auth_or'), '') = ''
      and coalesce(json_value(priv, '$.plugin'), 'mysql_native_password') in ('', 'mysql_native_password', 'mysql_old_password', 'ed25519')
      and coalesce(json_value(priv, '$.authentication_string'), '') = ''`,
    (account) => `alter user ${account} account lock;`,
    'An account has no password',
    'Knowing its name is enough to log in.',
  ),
  accounts(
    'old-hash',
    'high',
    916,
    "json_value(priv, '$.plugin') = 'mysql_old_password'",
    (account) => `alter user ${account} account lock; -- and a new password`,
    'An account uses the password hash from before MySQL 4.1',
    'The hash can be cracked in seconds.',
  ),
  accounts(
    'administrator-anywhere',
    'high',
    284,
    `host in ('%', '') and concat('\\'', user, '\\'@\\'', host, '\\'') in (
      select grantee from information_schema.user_privileges where privilege_type in ('SUPER', 'FILE', 'CREATE USER'))`,
    (account) =>
      `alter user ${account} account lock; -- or rename user ${account} to one of the host it comes from`,
    'An administrator may log in from any host',
    'A leaked or guessed password gives an attacker the whole server.',
  ),
  {
    id: 'strong-definer',
    severity: 'high',
    cwe: 269,
    title: 'A routine runs with the privileges of an administrator',
    why: "Whoever may call it uses the definer's privileges, and a dynamic statement in it can use all of them.",
    as: 'admin',
    query: `select routine_schema as db, routine_name as name, routine_type as kind from information_schema.routines
      where routine_schema = :database and security_type = 'DEFINER' and concat('\\'', replace(definer, '@', '\\'@\\''), '\\'') in (
        select grantee from information_schema.user_privileges where privilege_type in ('SUPER', 'FILE', 'CREATE USER'))`,
    place: (row) => {
      const routine = `${column(row, 'kind').toLowerCase()} ${identifier(column(row, 'db'))}.${identifier(column(row, 'name'))}`;
      return { evidence: routine, fix: [`alter ${routine} sql security invoker;`] };
    },
  },
];
