import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { repositoryOf } from '../project/find-root.ts';
import { isInside } from '../project/read-inside.ts';
import { ScanMistake } from '../scan-mistake.ts';
import type { ScanConfig } from './scan-config.ts';

/**
 * Refuses a configuration that names a file outside of its repository (by `..`, an absolute path or a symbolic link),
 * or one of git's own files. A configuration is part of the scanned code, and may be an attacker's (CWE-22, CWE-59).
 * Paths on the command line are the user's own, and are not checked.
 * @param file the configuration file. Outside of a repository, its paths must stay in `cwd` if the file is there, and
 * in the file's own folder otherwise
 * @throws {ScanMistake} if a path is refused. The error names the setting
 */
export function keepInside(config: ScanConfig, file: string, cwd: string): void {
  const folder = repositoryFolder(file, cwd);
  for (const path of config.models) check('scan.models', path, folder, file);
  if (config.baseline !== undefined) check('scan.baseline', config.baseline, folder, file);
}

/** The real path of the folder that the paths of a configuration must stay in. */
function repositoryFolder(file: string, cwd: string): string {
  const own = realpathSync(dirname(file));
  const here = realpathSync(cwd);
  return repositoryOf(own) ?? (isInside(here, own) ? here : own);
}

/** Whether a path, with all links resolved, is below the folder and not one of git's own files. The path need not exist. */
export function leadsInside(path: string, folder: string): boolean {
  const real = realPath(path);
  if (real === undefined || !isInside(folder, real)) return false;
  return !relative(folder, real)
    .split(sep)
    .some((part) => part.toLowerCase() === '.git');
}

/** `undefined` for a dangling link: a write through it would create its target, anywhere. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return undefined;
  }
  const folder = dirname(path);
  if (folder === path) return undefined;
  const parent = realPath(folder);
  return parent === undefined || isLink(join(parent, basename(path)))
    ? undefined
    : join(parent, basename(path));
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function check(setting: string, path: string, folder: string, file: string): void {
  if (leadsInside(path, folder)) return;
  throw new ScanMistake(
    'scan/config',
    `${file}: ${setting} leads outside of ${folder}: ${JSON.stringify(path)}.`,
    'The configuration is part of the scanned code. It must not read or write files elsewhere.',
    setting === 'scan.baseline'
      ? 'Name a file inside the repository, or pass the path on the command line: --baseline.'
      : 'Move the file into the repository.',
  );
}
