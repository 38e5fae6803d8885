import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { type OpenSqlite, openSqlite, type SqliteClient, type SqliteSettings } from '../machine/sqlite.ts';

/** Opens `:memory:`, or a file of this name in a folder of the test's own. All is gone after the test. */
export type OpenTemporary = (file?: string, settings?: SqliteSettings) => OpenSqlite;

export function temporary(client: SqliteClient): OpenTemporary {
  let folder: string | undefined;
  const opened: OpenSqlite[] = [];
  afterEach(() => {
    for (const { close } of opened.splice(0)) close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  });
  return (file, settings) => {
    folder ??= mkdtempSync(join(tmpdir(), 'bulwark-sqlite-'));
    const one = openSqlite(client, file === undefined ? ':memory:' : join(folder, file), settings);
    opened.push(one);
    return one;
  };
}
