import type { StoreFinding } from '../session-store.ts';
import type { SqliteConnection } from './sqlite-records.ts';

/** What this database can lose. */
export function durabilityOf(connection: SqliteConnection): readonly StoreFinding[] {
  const pragma = (name: 'journal_mode' | 'synchronous'): unknown =>
    Object.values((connection.prepare(`pragma ${name}`).all()[0] ?? {}) as object)[0];
  const journal = String(pragma('journal_mode'));
  const synchronous = Number(pragma('synchronous'));
  if (journal === 'memory' || journal === 'off') {
    return [
      {
        finding: `journal_mode is ${journal}`,
        consequence: 'A crash can damage the file. A database in memory loses all sessions with the process.',
      },
    ];
  }
  const full = journal === 'wal' ? 2 : 1;
  if (synchronous >= full) return [];
  return [
    {
      finding: `synchronous is ${synchronous === 0 ? 'off' : 'normal'}, and journal_mode is ${journal}`,
      consequence:
        'A crash of the machine can lose the last changes: new sessions vanish, and ended ones come back.',
    },
  ];
}
