import { join } from 'node:path';
import { missingSqlite, openSqlite, type SqliteClient } from '../../../../../checks/machine/sqlite.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS advisories (
    id TEXT PRIMARY KEY, modified_at TEXT, aliases_json TEXT NOT NULL, summary TEXT, osv_json TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS advisory_packages (
    advisory_id TEXT NOT NULL, ecosystem TEXT NOT NULL, package_name TEXT NOT NULL, introduced TEXT, fixed TEXT,
    last_affected TEXT, FOREIGN KEY (advisory_id) REFERENCES advisories(id) ON DELETE CASCADE
  );
  CREATE INDEX IF NOT EXISTS idx_advisory_packages_lookup ON advisory_packages (ecosystem, package_name);
  CREATE TABLE IF NOT EXISTS advisory_db_metadata (
    id INTEGER PRIMARY KEY CHECK (id = 1), last_sync_at TEXT, source_url TEXT
  );`;

/** What writes the database here: Node 20 has none of its own. */
export const sqliteClient: SqliteClient = missingSqlite('better-sqlite3') ? 'node:sqlite' : 'better-sqlite3';

/** A record of OSV: version 4.17.20 of a package is affected. */
export function record(id: string, name: string, modified = '2026-11-30T10:00:00Z', details = ''): string {
  return JSON.stringify({
    id,
    modified,
    details,
    affected: [{ package: { ecosystem: 'npm', name }, versions: ['4.17.20'] }],
  });
}

export interface DatabaseSettings {
  /** When it was fetched; empty for never. */
  readonly sync?: string;
  /** Statements before its tables. */
  readonly before?: string;
}

/** Writes a database into a folder as cve-lite 1.37 lays it, and returns its path. */
export function writeAdvisoryDatabase(
  folder: string,
  records: readonly string[],
  { sync = '2026-11-30T08:00:00.000Z', before = '' }: DatabaseSettings = {},
): string {
  const path = join(folder, 'advisories.db');
  const { exec, close } = openSqlite(sqliteClient, path);
  exec(`${before}${schema}`);
  const inserts = records.map(
    (text, index) =>
      `INSERT INTO advisories VALUES ('A-${index}', NULL, '[]', NULL, '${text.replaceAll("'", "''")}');`,
  );
  exec(`BEGIN; ${inserts.join('\n')} COMMIT;`);
  if (sync !== '') exec(`INSERT INTO advisory_db_metadata VALUES (1, '${sync}', NULL)`);
  close();
  return path;
}
