import { type Dirent, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Asked } from '../../project/find-root.ts';
import { enterFolder, type IgnoreStack, isIgnored, repositoryExcludes } from '../../project/git-ignore.ts';
import { type PathRules, pathJudge } from '../../project/path-judge.ts';

export interface FoundFolders {
  /**
   * Folders that are watched without their subfolders: the parents of the scanned folders, and the folders of named
   * files. All paths are absolute.
   */
  readonly single: readonly string[];
  /** The folders to scan that the user named, without those below them. */
  readonly tops: readonly string[];
  /** `tops`, and the scanned folders below them. */
  readonly below: readonly string[];
  /** Whether some folders are missing, because there are too many. */
  readonly isCut: boolean;
}

/** By default, systems allow one user at least some thousands of watches. */
const mostFolders = 8000;
const deepest = 100;

/**
 * The folders whose changes can affect a scan. These are the scanned folders, the folders of the files in `named`, and all
 * parents of scanned folders up to the root, because these may contain settings. Links are not followed, so there are no
 * cycles.
 */
export function foldersBelow(asked: Asked, rules: PathRules, named: readonly string[]): FoundFolders {
  const starts = asked.paths.map((path) => (isFolder(path) ? path : dirname(path)));
  const above = new Set<string>([asked.root, ...named.map((path) => dirname(path))]);
  for (const start of starts) {
    for (let folder = dirname(start); folder.startsWith(asked.root); folder = dirname(folder)) {
      if (above.has(folder)) break;
      above.add(folder);
    }
  }
  const judge = pathJudge(rules);
  const excludes = repositoryExcludes(asked.root);
  const below = new Set<string>();
  let isCut = false;
  const tops = starts.filter((path) => asked.paths.includes(path));
  const open: Folder[] = tops.map((path) => ({
    path,
    stack: path === asked.root ? excludes : undefined,
    depth: 0,
  }));
  for (let folder = open.pop(); folder; folder = open.pop()) {
    if (below.size >= mostFolders) {
      isCut = true;
      break;
    }
    below.add(folder.path);
    const from = relative(asked.root, folder.path).split(sep).join('/');
    const stack = enterFolder(asked.root, from, folder.stack);
    for (const entry of entriesOf(folder.path)) {
      if (!entry.isDirectory() || folder.depth >= deepest) continue;
      const inside = from === '' ? entry.name : `${from}/${entry.name}`;
      if (judge.folder(inside) !== undefined || isIgnored(`${inside}/`, stack)) continue;
      open.push({ path: join(folder.path, entry.name), stack, depth: folder.depth + 1 });
    }
  }
  const single = new Set([...above, ...starts].filter((path) => !below.has(path)));
  return { single: [...single], tops, below: [...below], isCut };
}

interface Folder {
  readonly path: string;
  readonly stack: IgnoreStack | undefined;
  readonly depth: number;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
