import { type Dirent, lstatSync, opendirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compareText } from '../../finding/finding-order.ts';
import { visible } from '../../finding/visible.ts';
import { repositoryOf } from '../../scan/project/find-root.ts';
import {
  enterFolder,
  type IgnoreStack,
  isIgnored,
  repositoryExcludes,
} from '../../scan/project/git-ignore.ts';
import { folderKind, languageIdOf } from '../../scan/project/path-kind.ts';
import { isInside, mostBytes } from '../../scan/project/read-inside.ts';
import { settingsFormat } from '../../scan/project/settings-format.ts';
import { trackedPaths } from './tracked-paths.ts';

export interface OwnPaths {
  /** Relative to the root, with `/`, in order. */
  readonly paths: readonly string[];
  /** What could not be looked at, as sentences. */
  readonly gaps: readonly string[];
}

export interface Bounds {
  readonly files: number;
  readonly depth: number;
}

const usual: Bounds = { files: 100_000, depth: 60 };
/** Files and folders together, also those that are left out. */
const mostEntries = 500_000;
const mostExamples = 3;

type Gap = 'deep' | 'huge' | 'index' | 'link' | 'many' | 'tracked' | 'unreadable';

/** The files below a folder that are the project's own. What git ignores, installed packages and links are left out. */
export function ownPaths(root: string, bounds: Bounds = usual): OwnPaths {
  const walk: Walk = { entries: 0, root, bounds, paths: [], gaps: new Map() };
  const open: Folder[] = [{ path: '', stack: stackAbove(root), depth: 0 }];
  for (let folder = open.pop(); folder; folder = open.pop()) open.push(...readFolder(folder, walk));
  addTracked(walk);
  return {
    paths: walk.paths.sort(compareText),
    gaps: [...walk.gaps].sort(([a], [b]) => compareText(a, b)).map(([gap, paths]) => sentence(gap, paths)),
  };
}

/** The `.gitignore` files above a folder of a repository. If they ignore the folder itself, they are not asked about what is in it. */
function stackAbove(root: string): IgnoreStack | undefined {
  const repository = repositoryOf(root);
  if (repository === undefined || repository === root) return repositoryExcludes(root);
  const below = relative(repository, root).split(sep);
  let stack = repositoryExcludes(repository);
  for (const [index] of below.entries()) {
    stack = enterFolder(repository, below.slice(0, index).join('/'), stack);
    if (isIgnored(`${below.slice(0, index + 1).join('/')}/`, stack)) return undefined;
  }
  return movedBelow(stack, `${below.join('/')}/`);
}

/** Patterns of folders above, asked with paths that begin here. */
function movedBelow(stack: IgnoreStack | undefined, below: string): IgnoreStack | undefined {
  if (stack === undefined) return undefined;
  const { base, rules, above } = stack;
  const prefix = base === '' ? below : below.slice(base.length + 1);
  return {
    base: '',
    rules: { refused: rules.refused, test: (path) => rules.test(prefix + path) },
    above: movedBelow(above, below),
  };
}

/** Files that git ignores and has all the same: somebody added them by force, or before they were ignored. */
function addTracked(walk: Walk): void {
  const tracked = trackedPaths(walk.root);
  if (tracked === undefined) {
    addGap('index', '.git', walk);
    return;
  }
  const known = new Set(walk.paths);
  for (const path of tracked) {
    if (known.has(path) || path.split('/').some(isLeftOut) || !isOrdinaryFile(join(walk.root, path)))
      continue;
    addFile(path, walk);
    if (mayDecide(path)) addGap('tracked', path, walk);
  }
}

function isOrdinaryFile(file: string): boolean {
  try {
    return lstatSync(file).isFile();
  } catch {
    return false;
  }
}

/** Whether the name of a file says that it is code, or settings. */
function mayDecide(path: string): boolean {
  return languageIdOf(path) !== undefined || settingsFormat(path) !== undefined;
}

interface Walk {
  entries: number;
  readonly root: string;
  readonly bounds: Bounds;
  readonly paths: string[];
  readonly gaps: Map<Gap, string[]>;
}

interface Folder {
  readonly path: string;
  readonly stack: IgnoreStack | undefined;
  readonly depth: number;
}

/** Adds the files of a folder, and returns the folders in it. */
function readFolder({ path, stack: above, depth }: Folder, walk: Walk): Folder[] {
  const stack = enterFolder(walk.root, path, above);
  const folders: Folder[] = [];
  for (const entry of entriesOf(path, walk)) {
    const inside = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) {
      if (isLeftOut(entry.name) || isIgnored(`${inside}/`, stack)) continue;
      if (depth >= walk.bounds.depth) addGap('deep', `${inside}/`, walk);
      else folders.push({ path: inside, stack, depth: depth + 1 });
    } else if (!isIgnored(inside, stack)) {
      if (entry.isFile()) addFile(inside, walk);
      else if (entry.isSymbolicLink() && leadsOut(inside, walk)) addGap('link', inside, walk);
    }
  }
  return folders;
}

function isLeftOut(name: string): boolean {
  const kind = folderKind(name);
  return kind !== undefined && kind !== 'tests';
}

function addFile(path: string, walk: Walk): void {
  if (walk.paths.length >= walk.bounds.files) {
    addGap('many', path, walk);
    return;
  }
  walk.paths.push(path);
  if (mayDecide(path) && sizeOf(join(walk.root, path)) > mostBytes) addGap('huge', path, walk);
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** A link inside the project leads to what is found there; one to installed packages is none of the project's code. */
function leadsOut(path: string, { root }: Walk): boolean {
  if (isLeftOut(path.slice(path.lastIndexOf('/') + 1))) return false;
  try {
    return !isInside(root, realpathSync(join(root, path)));
  } catch {
    // It leads nowhere, or in a circle.
    return false;
  }
}

function entriesOf(path: string, walk: Walk): Dirent[] {
  const entries: Dirent[] = [];
  try {
    const folder = opendirSync(join(walk.root, path));
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        if (walk.entries >= mostEntries) {
          addGap('many', `${path}/`, walk);
          break;
        }
        walk.entries++;
        entries.push(entry);
      }
    } finally {
      folder.closeSync();
    }
  } catch {
    addGap('unreadable', path === '' ? '.' : path, walk);
  }
  return entries.sort((a, b) => compareText(a.name, b.name));
}

function addGap(gap: Gap, path: string, { gaps }: Walk): void {
  const paths = gaps.get(gap);
  if (paths) paths.push(path);
  else gaps.set(gap, [path]);
}

function sentence(gap: Gap, paths: readonly string[]): string {
  const examples = [...paths].sort(compareText).slice(0, mostExamples).map(visible).join(', ');
  const more = paths.length > mostExamples ? `, and ${paths.length - mostExamples} more` : '';
  return `${what[gap]}: ${examples}${more}.`;
}

const what: Readonly<Record<Gap, string>> = {
  deep: 'Folders are nested too deeply to be read',
  huge: 'Files are larger than 2 MB and were not read',
  index: 'The list of files under version control could not be read, so that ignored ones are left out',
  link: 'Symbolic links lead out of the project and were not followed',
  many: 'The project has more files than are read; left out',
  tracked: 'Files are under version control although git ignores them, and were not scanned',
  unreadable: 'Folders could not be read',
};
