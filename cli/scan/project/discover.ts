import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compareText } from '../../finding/finding-order.ts';
import type { Asked } from './find-root.ts';
import { enterFolder, type IgnoreStack, isIgnored, repositoryExcludes } from './git-ignore.ts';
import { holdsPackages } from './holds-packages.ts';
import { type PathJudge, type PathRules, pathJudge } from './path-judge.ts';
import { languageIdOf } from './path-kind.ts';
import type { Project, SourceFile, TextFile } from './project.ts';
import { mostText, readInside, readOnce, readText } from './read-inside.ts';
import { mostSettingsBytes, mostSettingsFiles, mostSettingsText } from './settings-bounds.ts';
import { type SettingsFormat, settingsFormat } from './settings-format.ts';
import { createSkips, type Skips } from './skip.ts';
import { textKind } from './text-kind.ts';

const mostFiles = 200_000;
const deepest = 100;

/**
 * Finds the project's own files below the given paths. It leaves out files that git ignores, packages, vendored,
 * minified and generated code, and symbolic links, and counts them in the notices. A given folder is scanned even if a
 * rule would leave it out, and so is a given file if it is in a supported language, text, and not too large.
 */
export function discover({ root, paths }: Asked, rules: PathRules): Project {
  const skips = createSkips();
  const found = new Map<string, SourceFile>();
  const walk: Walk = {
    size: 0,
    settingsSize: 0,
    root,
    judge: pathJudge(rules),
    skips,
    found,
    settings: new Map(),
    excludes: repositoryExcludes(root),
    read: readOnce((inside) => readInside(root, inside)),
  };
  for (const path of [...paths].sort(compareText)) {
    const inside = relative(root, path).split(sep).join('/');
    if (statSync(path).isDirectory()) walkFrom(inside, walk);
    else addFile(inside, true, walk);
  }
  return {
    files: [...found.values()].sort((a, b) => compareText(a.path, b.path)),
    settings: [...walk.settings.values()].sort((a, b) => compareText(a.path, b.path)),
    notices: skips.notices(),
    read: (path) => readInside(root, path),
  };
}

interface Walk {
  size: number;
  settingsSize: number;
  readonly root: string;
  readonly judge: PathJudge;
  readonly skips: Skips;
  readonly found: Map<string, SourceFile>;
  readonly settings: Map<string, TextFile>;
  readonly excludes: IgnoreStack | undefined;
  /** Reads a file of the project, once. */
  readonly read: Project['read'];
}

interface Folder {
  readonly path: string;
  readonly stack: IgnoreStack | undefined;
  readonly depth: number;
}

function walkFrom(start: string, walk: Walk): void {
  const open: Folder[] = [{ path: start, stack: stackAbove(start, walk), depth: 0 }];
  for (let folder = open.pop(); folder; folder = open.pop()) {
    // The stack is taken from its end, so the folders are pushed in reverse.
    open.push(...readFolder(folder, walk).reverse());
  }
}

/** The `.gitignore` files above a given folder. If they ignore the folder itself, they are not applied to its content. */
function stackAbove(start: string, { root, excludes }: Walk): IgnoreStack | undefined {
  let stack = excludes;
  if (start === '') return stack;
  const parts = start.split('/');
  for (const [index] of parts.entries()) {
    stack = enterFolder(root, parts.slice(0, index).join('/'), stack);
    if (isIgnored(`${parts.slice(0, index + 1).join('/')}/`, stack)) return undefined;
  }
  return stack;
}

/** Adds the files of a folder. Returns its subfolders that are to be scanned. */
function readFolder({ path, stack: above, depth }: Folder, walk: Walk): Folder[] {
  const { root, judge, skips } = walk;
  const stack = enterFolder(root, path, above);
  const folders: Folder[] = [];
  const entries = entriesOf(join(root, path), () => skips.add('unreadable', path));
  if (depth > 0 && holdsPackages(entries.map(({ name }) => name))) {
    skips.add('vendored', `${path}/`);
    return [];
  }
  for (const entry of entries) {
    const inside = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isSymbolicLink()) {
      skips.add('link', inside);
    } else if (entry.isDirectory()) {
      const reason = judge.folder(inside) ?? (isIgnored(`${inside}/`, stack) ? 'ignored' : undefined);
      if (reason === 'other') continue;
      if (reason !== undefined) skips.add(reason, `${inside}/`);
      else if (depth >= deepest) skips.add('deep', `${inside}/`);
      else folders.push({ path: inside, stack, depth: depth + 1 });
    } else if (entry.isFile()) {
      const reason = judge.file(inside);
      if (reason === 'other') continue;
      if (reason !== undefined) skips.add(reason, inside);
      else if (isIgnored(inside, stack)) skips.add('ignored', inside);
      else addFile(inside, false, walk);
    }
  }
  return folders;
}

function addFile(path: string, isNamed: boolean, walk: Walk): void {
  const { root, skips, found } = walk;
  const language = languageIdOf(path);
  const format = language === undefined ? settingsFormat(path) : undefined;
  if (format !== undefined) {
    addSettings(path, format, walk);
    return;
  }
  if (language === undefined) {
    skips.add('language', path);
    return;
  }
  if (found.size >= mostFiles || walk.size >= mostText) {
    skips.add('many', path);
    return;
  }
  const read = readText(join(root, path));
  if ('skip' in read) {
    skips.add(read.skip, path);
    return;
  }
  const kind = textKind({ path, language, text: read.text }, walk.read);
  if (kind !== undefined && !(isNamed && kind !== 'binary')) {
    skips.add(kind, path);
  } else if (!found.has(path)) {
    found.set(path, { path, language, text: read.text });
    walk.size += read.text.length;
  }
}

/** Files that are too large are data, which needs no notice. */
function addSettings(path: string, format: SettingsFormat, walk: Walk): void {
  const { settings } = walk;
  if (settings.has(path) || settings.size >= mostSettingsFiles || walk.settingsSize >= mostSettingsText)
    return;
  const read = readText(join(walk.root, path), mostSettingsBytes(format));
  if (!('text' in read) || read.text.slice(0, 8192).includes('\u0000')) return;
  settings.set(path, { path, text: read.text });
  walk.settingsSize += read.text.length;
}

function entriesOf(folder: string, onFailure: () => void): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => compareText(a.name, b.name));
  } catch {
    onFailure();
    return [];
  }
}
