import { shown } from '../egress/shown.ts';
import { type HardenOptions, type Section, sectionsText } from './harden-options.ts';
import { applyMariadb } from './mariadb/apply-mariadb.ts';
import { hardenMariadb } from './mariadb/harden-mariadb.ts';
import { mariadbPlan } from './mariadb/harden-plan.ts';
import { DbMistake } from './mistake.ts';
import { passwordOfFile } from './password.ts';
import { applyPostgres } from './postgres/apply-postgres.ts';
import { postgresPlan } from './postgres/harden-plan.ts';
import { hardenPostgres } from './postgres/harden-postgres.ts';
import { rowSecurity } from './postgres/row-security.ts';
import { readTarget } from './target.ts';

export interface ApplyOptions {
  readonly apply: string | undefined;
  readonly passwordFile: string | undefined;
  readonly dryRun: boolean;
}

const heads = {
  postgres: [
    'Least privilege for PostgreSQL, by bulwark db harden. Read it, then run it as a superuser on a copy first:',
    'psql --single-transaction --set ON_ERROR_STOP=1 --file THIS DATABASE',
  ],
  mariadb: [
    'Least privilege for MariaDB, by bulwark db harden. Read it, then run it as an administrator on a copy first.',
    'MariaDB commits each of these statements by itself: after an error, mend it and run all of it again.',
  ],
} as const;

/**
 * The text of `bulwark db harden`: the SQL, or with `--apply` what was done.
 *
 * @throws {DbMistake} for a value that is wrong, before anything is printed or connected.
 */
export async function harden(
  options: HardenOptions,
  { apply, passwordFile, dryRun }: ApplyOptions,
): Promise<string> {
  const file = passwordFile === undefined ? undefined : passwordOfFile('--password-file', passwordFile);
  const target = apply === undefined ? undefined : readTarget('--apply', apply, file);
  const dialect = dialectOf(options.dialect);
  if (target !== undefined && target.dialect !== dialect) throw other('--dialect', options.dialect);
  const named = { ...options, database: options.database ?? target?.database };
  const sections = dialect === 'postgres' ? postgresSections(named) : hardenMariadb(mariadbPlan(named));
  if (target === undefined || dryRun) return sectionsText(heads[dialect], sections);
  if (dialect === 'mariadb') return await applyMariadb(target, sections);
  if (named.database !== target.database) throw other('--database', named.database ?? '');
  return await applyPostgres(target, sections);
}

function postgresSections(options: HardenOptions): readonly Section[] {
  const plan = postgresPlan(options);
  return [...hardenPostgres(plan), ...rowSecurity(options, plan)];
}

function dialectOf(value: string): 'postgres' | 'mariadb' {
  if (value === 'postgres' || value === 'mariadb') return value;
  throw new DbMistake(
    'db/option',
    `--dialect ${shown(value)} is not postgres or mariadb.`,
    'The same statements do different things in the two servers.',
    'Use --dialect postgres or --dialect mariadb.',
  );
}

function other(option: string, value: string): DbMistake {
  return new DbMistake(
    'db/option',
    `${option} ${shown(value)} differs from the URL of --apply.`,
    'The SQL would be applied to the wrong database.',
    'Use the same name in both.',
  );
}
