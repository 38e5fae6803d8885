import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { repositoryOf } from '../../../scan/project/find-root.ts';

/** Where a repository keeps its history. */
export interface GitFolder {
  /** Of this work tree: `HEAD`. */
  readonly own: string;
  /** Shared by all work trees: objects and refs. */
  readonly shared: string;
  readonly hash: 'sha1' | 'sha256';
}

/** Why the history cannot be searched as a whole, as a sentence. */
interface NoHistory {
  readonly reason: string;
}

const mostText = 1_000_000;

/** Looks at the files of git alone; git is not run. */
export function gitFolder(root: string): GitFolder | NoHistory {
  const own = folderOf(root);
  if (own === undefined)
    return { reason: 'The folder is no Git repository, so that there is no history to search.' };
  const common = textOf(join(own, 'commondir'))?.trim();
  const shared = common === undefined ? own : isAbsolute(common) ? common : resolve(own, common);
  const objects = join(shared, 'objects');
  if (!isFolder(objects)) return { reason: 'The repository has no folder of objects that can be read.' };
  if (isThere(join(shared, 'shallow')))
    return { reason: 'The clone is shallow: older commits are not here.' };
  if (isThere(join(objects, 'info', 'alternates')))
    return { reason: 'The repository takes objects from a folder outside, which was not followed.' };
  if (isThere(join(shared, 'reftable')))
    return { reason: 'The repository keeps its branches in a format (reftable) that is not read.' };
  const settings = textOf(join(shared, 'config')) ?? '';
  if (/^\s*(?:promisor\s*=\s*(?:true|yes|on|1)|partialclone)/im.test(settings))
    return { reason: 'The clone is partial: some objects are on a server, which was not asked.' };
  return { own, shared, hash: /^\s*objectformat\s*=\s*"?sha256/im.test(settings) ? 'sha256' : 'sha1' };
}

function folderOf(root: string): string | undefined {
  if (isThere(join(root, 'HEAD')) && isFolder(join(root, 'objects')) && isFolder(join(root, 'refs')))
    return root;
  const repository = repositoryOf(root);
  if (repository === undefined) return undefined;
  const git = join(repository, '.git');
  if (isFolder(git)) return realpathSync(git);
  const named = /^gitdir: (.+)$/m.exec(textOf(git) ?? '')?.[1]?.trim();
  if (named === undefined) return undefined;
  const folder = isAbsolute(named) ? named : resolve(dirname(git), named);
  return isFolder(folder) ? realpathSync(folder) : undefined;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Also of a link that leads nowhere, and of an empty file. */
function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function textOf(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= mostText ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
