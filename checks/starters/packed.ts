import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';

const own = join(root, 'checks/starters');

/** Installs a folder of this one from its lock file; nothing that it installs runs a script. */
export async function installed(name: 'generators' | 'codemods'): Promise<string> {
  const folder = join(own, name);
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

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'bulwark-starter-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
