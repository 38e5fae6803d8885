import { posix } from 'node:path';
import { Groups } from '../groups.ts';
import { languageOf } from '../languages/registry.ts';
import { importContext } from '../project/import-context.ts';
import type { Project, SourceFile } from '../project/project.ts';
import { createResolver } from '../project/resolve-import.ts';

/** Files that are analysed together, apart from all others. */
export interface Part {
  /** Sorted by path. */
  readonly files: readonly SourceFile[];
  /**
   * Configuration files that affect the resolution of imports, by path. They are in the folders of the files, or in
   * parent folders.
   */
  readonly config: ReadonlyMap<string, string>;
}

/**
 * Splits a project into its packages. Packages that import each other are one part, and so are all files outside of
 * packages. Data does not flow between parts.
 */
export function splitProject(project: Project): readonly Part[] {
  const { files } = project;
  if (files.length === 0) return [];
  const folders = foldersOf(files);
  const config = readAll(project, folders, configNames);
  const homes = packageFolders(project, folders, config);
  // A manifest that has only templates below it makes no package: they are rendered by code above it.
  const withCode = foldersOf(files.filter((file) => !languageOf(file).isTemplate));
  for (const folder of homes) if (!withCode.has(folder)) homes.delete(folder);
  const home = homeOf(homes);
  const groups = new Groups(files.length);
  const firstIn = new Map<string, number>();
  files.forEach(({ path }, i) => {
    const folder = home(posix.dirname(path));
    const first = firstIn.get(folder);
    if (first === undefined) firstIn.set(folder, i);
    else groups.join(first, i);
  });
  if (firstIn.size > 1) joinByImports(files, config, groups);
  return groups.all().map((members) => {
    const own = members.map((i) => files[i] as SourceFile);
    const above = foldersOf(own);
    return { files: own, config: new Map([...config].filter(([path]) => above.has(folderOf(path)))) };
  });
}

const configNames = [
  'tsconfig.json',
  'jsconfig.json',
  'tsconfig.base.json',
  'package.json',
  'pyproject.toml',
  'setup.py',
] as const;
const pythonNames = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'manage.py',
  'requirements.txt',
  'Pipfile',
] as const;

/** The folders of the files, and their parents. The root is `.`. */
function foldersOf(files: readonly SourceFile[]): ReadonlySet<string> {
  const folders = new Set<string>(['.']);
  for (const { path } of files) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

function folderOf(path: string): string {
  return posix.dirname(path);
}

function readAll(
  { read }: Project,
  folders: ReadonlySet<string>,
  names: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const name of names) {
      const path = posix.join(folder, name);
      const text = read(path);
      if (text !== undefined) found.set(path, text);
    }
  }
  return found;
}

/**
 * The folders of packages. A `package.json` without a name only sets the kind of modules below it. In folders where
 * Python installs packages, each package has its own.
 */
function packageFolders(
  project: Project,
  folders: ReadonlySet<string>,
  config: ReadonlyMap<string, string>,
): Set<string> {
  const python = readAll(project, folders, pythonNames);
  const named = [...config].filter(
    ([path, text]) => posix.basename(path) === 'package.json' && /"name"\s*:/.test(text),
  );
  const found = new Set([...python.keys(), ...named.map(([path]) => path)].map(folderOf));
  for (const folder of folders)
    if (/(?:^|\/)(?:site|dist)-packages$/.test(folderOf(folder))) found.add(folder);
  return found;
}

/** The nearest package that a folder belongs to, or the part for files outside of packages. */
function homeOf(homes: ReadonlySet<string>): (folder: string) => string {
  const known = new Map<string, string>();
  return (folder) => {
    let at = folder;
    while (at !== '.' && !homes.has(at) && !known.has(at)) at = folderOf(at);
    const found = known.get(at) ?? at;
    known.set(folder, found);
    return found;
  };
}

function joinByImports(
  files: readonly SourceFile[],
  config: ReadonlyMap<string, string>,
  groups: Groups,
): void {
  const resolve = createResolver({ ...importContext(config), paths: files.map(({ path }) => path) });
  files.forEach((file, i) => {
    for (const specifier of languageOf(file).specifiersIn(file.text)) {
      const { module } = resolve(i, specifier);
      if (module !== undefined) groups.join(i, module);
    }
  });
}
