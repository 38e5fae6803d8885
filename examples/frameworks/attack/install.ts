import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const frameworks = join(import.meta.dirname, '..');

/** The folders beside this one that hold a Desk. */
export const desks: readonly string[] = readdirSync(frameworks)
  .filter((name) => existsSync(join(frameworks, name, 'package-lock.json')))
  .sort();

export const folderOf = (name: string): string => join(frameworks, name);

/** Installs what a folder needs, once. Returns why that is impossible, or undefined. */
export function install(name: string): string | undefined {
  const folder = folderOf(name);
  if (!existsSync(join(frameworks, '../../lib/dist/index.js')))
    return 'bulwark is not built: run npm run build';
  if (existsSync(join(folder, 'node_modules'))) return undefined;
  const options = { cwd: folder, encoding: 'utf8', timeout: 600_000 } as const;
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], options);
  if (status !== 0) {
    const lines = stderr.split('\n').filter((line) => line.startsWith('npm error'));
    return `npm ci failed: ${lines[0] ?? `it ended with ${status}`}`;
  }
  // If this fails, so does the start, with the reason: a broken build is no reason to skip.
  spawnSync('npm', ['run', 'build', '--if-present'], options);
  return undefined;
}
