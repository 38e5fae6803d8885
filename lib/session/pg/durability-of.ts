import type { StoreFinding } from '../session-store.ts';
import { quotedTable } from './session-table.ts';

const about = `select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
    current_setting('synchronous_commit') as synchronous_commit,
    (select relpersistence from pg_class where oid = to_regclass($1)) as persistence`;

/** What this PostgreSQL can lose. Rejects if it does not answer. */
export async function durabilityOf(
  row: (text: string, ...values: unknown[]) => Promise<Readonly<Record<string, unknown>>>,
  table: string,
): Promise<readonly StoreFinding[]> {
  const found = await row(about, quotedTable(table));
  const findings: StoreFinding[] = [];
  if (found['persistence'] !== null && found['persistence'] !== 'p') {
    findings.push({
      finding: 'the table is unlogged or temporary',
      consequence:
        'When PostgreSQL crashes, all sessions are gone and all users log in again. None comes back.',
    });
  }
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    if (found[name] !== 'off') continue;
    findings.push({
      finding: `${name} is off`,
      consequence: 'A crash can lose the last changes: new sessions vanish, and ended ones come back.',
    });
  }
  return findings;
}
