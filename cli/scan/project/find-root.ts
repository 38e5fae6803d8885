import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ScanMistake } from '../scan-mistake.ts';
import { isInside } from './read-inside.ts';

/**
 * The root that paths in reports are relative to, and the files and folders that the user asked to scan. All are absolute,
 * with symbolic links resolved.
 */
export interface Asked {
  readonly root: string;
  readonly paths: readonly string[];
}

/**
 * Finds the root: the folder of the git repository, so that reports and baselines don't depend on the current folder.
 * Without a repository, the root is the current folder, or the common parent of the given paths if they are outside of it.
 * @throws {ScanMistake} for a path that does not exist
 */
export function findRoot(cwd: string, given: readonly string[]): Asked {
  const paths = (given.length === 0 ? ['.'] : given).map((path) => realPath(resolve(cwd, path), path));
  const start = paths.map(folderOf).reduce(sharedFolder);
  const repository = repositoryOf(start);
  if (repository !== undefined) return { root: repository, paths };
  const here = realpathSync(cwd);
  return { root: isInside(here, start) ? here : start, paths };
}

/** The nearest folder, from `start` upwards, that is the root of a git repository. Undefined if there is none. */
export function repositoryOf(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function realPath(path: string, given: string): string {
  try {
    return realpathSync(path);
  } catch {
    throw new ScanMistake(
      'scan/path',
      `${JSON.stringify(given)} does not exist.`,
      'Scanning nothing would look like a clean result.',
      'Name existing files and folders, or none to scan the current folder.',
    );
  }
}

function folderOf(path: string): string {
  return statSync(path).isDirectory() ? path : dirname(path);
}

function sharedFolder(a: string, b: string): string {
  let folder = a;
  while (!isInside(folder, b)) folder = dirname(folder);
  return folder;
}
