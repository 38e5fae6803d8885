import { auditMariadb } from './mariadb/audit-mariadb.ts';
import { DbMistake } from './mistake.ts';
import { passwordOfFile } from './password.ts';
import { auditPostgres } from './postgres/audit-postgres.ts';
import { reportJson, reportText } from './report.ts';
import { readTarget } from './target.ts';
import { type AuditResult, atLeast, type Severity, severities } from './weakness.ts';

export interface AuditOptions {
  readonly url: string;
  readonly adminUrl?: string | undefined;
  readonly passwordFile?: string | undefined;
  readonly format: string;
  readonly failOn: string;
}

/**
 * The report of `bulwark db audit`, and its exit code: 0 for nothing at or above `failOn`, 1 for a weakness, 2 where a
 * check failed that should have run, and no weakness was found besides.
 *
 * @throws {DbMistake} for options that are wrong, and where no connection can be made.
 */
export async function audit(
  options: AuditOptions,
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 | 2 }> {
  const report = oneOf('--format', options.format, ['text', 'json']) === 'json' ? reportJson : reportText;
  const failOn = oneOf('--fail-on', options.failOn, severities);
  const file = options.passwordFile;
  const password = file === undefined ? undefined : passwordOfFile('--password-file', file);
  const target = readTarget('the URL', options.url, password);
  const admin = options.adminUrl === undefined ? undefined : readTarget('--admin-url', options.adminUrl);
  if (admin && admin.dialect !== target.dialect) {
    throw new DbMistake(
      'db/option',
      '--admin-url is for a different kind of server than the URL.',
      'Both must connect to the same database.',
      'Use the same server in both, with another user.',
    );
  }
  const result = await (target.dialect === 'postgres' ? auditPostgres : auditMariadb)(target, admin);
  return { text: report(result), exitCode: exitCode(result, failOn) };
}

function exitCode({ findings, unread }: AuditResult, failOn: Severity): 0 | 1 | 2 {
  if (findings.some(({ severity }) => atLeast(severity, failOn))) return 1;
  return unread.some(({ expected }) => !expected) ? 2 : 0;
}

function oneOf<Name extends string>(option: string, value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw new DbMistake(
    'db/option',
    `${option} is not one of ${names.join(', ')}.`,
    'It decides how the report looks, and when the command fails.',
    `Use ${option} ${names[0]}.`,
  );
}
