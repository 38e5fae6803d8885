import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { repositoryOf } from '../../scan/project/find-root.ts';
import { readGitIndex } from './git-index.ts';

/** An index of a repository with a million files. */
const mostBytes = 200_000_000;

/**
 * The files below a folder that git has under version control, also those that `.gitignore` names. An empty list if the folder is in no
 * repository, or nothing was ever added; `undefined` if git's index can't be read. Git itself is not run.
 */
export function trackedPaths(root: string): readonly string[] | undefined {
  const repository = repositoryOf(root);
  if (repository === undefined) return [];
  const index = join(gitFolder(repository), 'index');
  const size = sizeOf(index);
  if (size === undefined) return [];
  const paths = size > mostBytes ? undefined : readGitIndex(bytesOf(index));
  const below = relative(repository, root).split(sep).join('/');
  if (below === '') return paths;
  return paths?.filter((path) => path.startsWith(`${below}/`)).map((path) => path.slice(below.length + 1));
}

/** `.git`, or the folder that it names: of a work tree beside the first one, or of a submodule. */
function gitFolder(repository: string): string {
  const git = join(repository, '.git');
  if (sizeOf(git) === undefined) return git;
  const named = /^gitdir: (.+)$/m.exec(bytesOf(git).toString('utf8'))?.[1]?.trim();
  if (named === undefined) return git;
  return isAbsolute(named) ? named : resolve(dirname(git), named);
}

/** Of an ordinary file. */
function sizeOf(file: string): number | undefined {
  try {
    const stat = statSync(file);
    return stat.isFile() ? stat.size : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
