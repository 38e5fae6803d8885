import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first executable of this name in PATH, or in one of the folders where Debian keeps servers. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian keeps PostgreSQL's server out of PATH, one folder a version; the newest is taken. */
export function findPostgresProgram(name: string): string | undefined {
  const root = '/usr/lib/postgresql';
  let versions: string[] = [];
  try {
    versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  } catch {
    // Not Debian, or not installed: PATH decides.
  }
  return versions.map((version) => join(root, version, 'bin', name)).find(isExecutable) ?? findProgram(name);
}

/** Where the browser is: `BULWARK_CHROMIUM`, or Debian's. */
export function chromiumPath(): string {
  return process.env['BULWARK_CHROMIUM'] ?? '/usr/bin/chromium';
}
