import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installFolder } from '../../../checks/install-folder.ts';
import { outcome } from '../../../checks/outcome.ts';
import { root } from '../../../checks/repository.ts';

const frameworks = join(import.meta.dirname, '..');

/** The folders beside this one that hold a Desk. */
export const desks: readonly string[] = readdirSync(frameworks)
  .filter((name) => existsSync(join(frameworks, name, 'package-lock.json')))
  .sort();

export const folderOf = (name: string): string => join(frameworks, name);

/** Builds the library and installs a folder, unless that is done. Returns why that is impossible, or undefined. */
export async function install(name: string): Promise<string | undefined> {
  await buildLibrary();
  const bulwark = join(folderOf(name), 'node_modules/bulwark');
  const isCopy = !lstatSync(bulwark, { throwIfNoEntry: false })?.isSymbolicLink();
  const copied = ['dist', 'package.json'].map((file) => join(root, 'lib', file));
  try {
    await installFolder(folderOf(name), ...(isCopy ? copied : []));
    return undefined;
  } catch (error) {
    // A lock file that is broken is no reason to skip.
    const offline = /npm error code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH)/.exec(
      String(error),
    );
    if (offline === null) throw error;
    return `the registry cannot be reached: ${offline[1]}`;
  }
}

async function buildLibrary(): Promise<void> {
  const script = join(root, 'checks/build/build-lib.ts');
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const { code, output } = await outcome(root, process.execPath, [tsx, script, '--if-changed']);
  if (code !== 0) throw new Error(`The library could not be built:\n${output}`);
}
