import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';

const own = join(root, 'checks/starters');

/** Installs a folder of this one from its lock file, unless it is; nothing that it installs runs a script. */
export async function installed(name: 'generators' | 'codemods'): Promise<string> {
  const folder = join(own, name);
  if (isInstalled(folder)) return folder;
  const { code, output } = await outcome(folder, 'npm', [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ]);
  if (code !== 0) throw new Error(`npm ci in ${folder} failed:\n${output}`);
  return folder;
}

/** npm writes this file last. */
function isInstalled(folder: string): boolean {
  const changed = (file: string): number =>
    statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return changed('node_modules/.package-lock.json') > changed('package-lock.json');
}

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'bulwark-starter-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
