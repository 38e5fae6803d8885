import { statSync } from 'node:fs';
import { join } from 'node:path';
import { outcome } from './outcome.ts';

/**
 * Installs a folder from its lock file, unless that is done. Nothing that it installs runs a script.
 *
 * @param newest paths: the folder is installed anew if one of them has changed since
 */
export async function installFolder(folder: string, ...newest: readonly string[]): Promise<void> {
  const done = changed(join(folder, 'node_modules/.package-lock.json'));
  if ([join(folder, 'package-lock.json'), ...newest].every((path) => changed(path) < done)) return;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const { code, output } = await outcome(folder, 'npm', args);
  if (code !== 0) throw new Error(`npm ci in ${folder} failed:\n${output}`);
}

/** npm writes the lock file in node_modules last. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
