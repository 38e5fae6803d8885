import { posix } from 'node:path';
import { byUsualAlias } from './usual-aliases.ts';

/** Where an import leads: to a module of the scan, or to a package that is not part of it. */
export interface ResolveImport {
  (from: number, specifier: string): Resolved;
  /** The module `name` inside of a package's `__init__`, for Python. */
  submodule(module: number, name: string): number | undefined;
}

export type Resolved =
  | { readonly module: number; readonly package?: undefined }
  | { readonly module?: undefined; readonly package: string };

export interface ImportContext {
  /** Paths of all modules of the scan, relative to its root. */
  readonly paths: readonly string[];
  /** `compilerOptions.paths` of each tsconfig: its folder, its baseUrl, and the patterns. */
  readonly aliases?: readonly Aliases[];
  /** Packages of the workspace, by name, with their folders and their entry file or exports' source files. */
  readonly packages?: ReadonlyMap<string, WorkspacePackage>;
  /** Folders of Python's packages that are for others to install. */
  readonly installable?: readonly string[];
}

export interface Aliases {
  readonly folder: string;
  readonly baseUrl: string;
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

export interface WorkspacePackage {
  readonly folder: string;
  /** Files to try for the package's own name, relative to `folder`. */
  readonly entries: readonly string[];
  /** It is for others to install, and its functions for others to call. */
  readonly isPublished: boolean;
}

export function createResolver(context: ImportContext): ResolveImport {
  const byPath = new Map(context.paths.map((path, index) => [path, index]));
  const python = pythonModules(context.paths);

  // Files of one language in one folder share what was found.
  const byFolder = new Map<string, Map<string, Resolved>>();
  const foundIn = (path: string): Map<string, Resolved> => {
    const folder = `${path.endsWith('.py') ? 'p' : 'j'} ${posix.dirname(path)}`;
    const found = byFolder.get(folder) ?? new Map<string, Resolved>();
    byFolder.set(folder, found);
    return found;
  };
  const byModule = context.paths.map(foundIn);
  const elsewhere = new Map<string, Resolved>();

  const resolve = (from: number, specifier: string): Resolved => {
    const known = byModule[from] ?? elsewhere;
    const cached = known.get(specifier);
    if (cached) return cached;
    const path = context.paths[from] ?? '';
    const module = path.endsWith('.py')
      ? resolvePython(python, path, specifier)
      : resolveJavascript(context, byPath, posix.dirname(path), specifier);
    const found: Resolved = module === undefined ? { package: packageName(specifier) } : { module };
    known.set(specifier, found);
    return found;
  };
  return Object.assign(resolve, {
    submodule: (module: number, name: string): number | undefined => {
      const path = context.paths[module] ?? '';
      if (!path.endsWith('__init__.py')) return undefined;
      const folder = posix.dirname(path);
      return (
        byPath.get(posix.join(folder, `${name}.py`)) ?? byPath.get(posix.join(folder, name, '__init__.py'))
      );
    },
  });
}

function packageName(specifier: string): string {
  const name = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  // `lodash/pick.js` is `lodash/pick`; `discord.js` and `@scope/some.js` are names.
  return /^(?:@[^/]+\/)?[^/.][^/]*\/.*\.[cm]?js$/.test(name) ? name.replace(/\.[cm]?js$/, '') : name;
}

const extensions = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '/index.ts',
  '/index.tsx',
  '/index.js',
  '/index.jsx',
  '/index.mjs',
  '/index.cjs',
];

function resolveJavascript(
  context: ImportContext,
  byPath: ReadonlyMap<string, number>,
  folder: string,
  specifier: string,
): number | undefined {
  const file = (path: string): number | undefined => {
    const normal = posix.normalize(path).replace(/^\.\//, '');
    for (const extension of extensions) {
      const found = byPath.get(normal + extension);
      if (found !== undefined) return found;
    }
    // TypeScript's own sources are imported under the name that they will be compiled to.
    const source = /^(.*)\.([cm]?)jsx?$/.exec(normal);
    return source ? (byPath.get(`${source[1]}.${source[2]}ts`) ?? byPath.get(`${source[1]}.tsx`)) : undefined;
  };
  if (specifier.startsWith('.')) return file(posix.join(folder, specifier));
  if (specifier.startsWith('/')) return file(specifier.slice(1));
  for (const alias of context.aliases ?? []) {
    if (alias.folder !== '' && folder !== alias.folder && !folder.startsWith(`${alias.folder}/`)) continue;
    for (const [pattern, targets] of alias.paths) {
      const star = pattern.indexOf('*');
      const matches = star < 0 ? specifier === pattern : matchesStar(pattern, star, specifier);
      if (!matches) continue;
      const middle = star < 0 ? '' : specifier.slice(star, specifier.length - (pattern.length - star - 1));
      for (const target of targets) {
        const found = file(
          posix.join(
            alias.baseUrl,
            target.replace('*', () => middle),
          ),
        );
        if (found !== undefined) return found;
      }
    }
  }
  for (const alias of context.aliases ?? []) {
    const found = file(posix.join(alias.baseUrl, specifier));
    if (found !== undefined) return found;
  }
  for (const [name, { folder: at, entries }] of context.packages ?? []) {
    if (specifier === name) {
      for (const entry of entries) {
        const found = file(posix.join(at, entry));
        if (found !== undefined) return found;
      }
    } else if (specifier.startsWith(`${name}/`)) {
      const inner = specifier.slice(name.length + 1);
      return file(posix.join(at, inner)) ?? file(posix.join(at, 'src', inner));
    }
  }
  return byUsualAlias(folder, specifier, file);
}

function matchesStar(pattern: string, star: number, specifier: string): boolean {
  const end = pattern.slice(star + 1);
  return (
    specifier.length >= pattern.length - 1 &&
    specifier.startsWith(pattern.slice(0, star)) &&
    specifier.endsWith(end)
  );
}

interface PythonModules {
  /** Modules by dotted path from each folder that can be a root: `a/b/c.py` is `a.b.c`, `b.c` and `c`. */
  readonly byFile: ReadonlyMap<string, number>;
  readonly bySuffix: ReadonlyMap<string, readonly number[]>;
  readonly paths: readonly string[];
}

/** Deeper nested packages are found by their full path alone. */
const maxSuffix = 8;

function pythonModules(paths: readonly string[]): PythonModules {
  const byFile = new Map<string, number>();
  const bySuffix = new Map<string, number[]>();
  paths.forEach((path, index) => {
    if (!path.endsWith('.py')) return;
    const dotted = path.replace(/(\/__init__)?\.py$/, '').replace(/^__init__$/, '');
    byFile.set(dotted, index);
    const parts = dotted.split('/');
    for (let i = Math.max(0, parts.length - maxSuffix); i < parts.length; i++) {
      const suffix = parts.slice(i).join('/');
      const list = bySuffix.get(suffix);
      if (list) list.push(index);
      else bySuffix.set(suffix, [index]);
    }
  });
  return { byFile, bySuffix, paths };
}

function resolvePython(modules: PythonModules, from: string, specifier: string): number | undefined {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const inner = specifier.slice(dots).replaceAll('.', '/');
  let folder = posix.dirname(from);
  if (dots > 0) {
    for (let i = 1; i < dots; i++) folder = posix.dirname(folder);
    return modules.byFile.get(posix.normalize(inner ? `${folder}/${inner}` : folder).replace(/^\.\/?/, ''));
  }
  // The folder of a script is on Python's path, and so may be each folder above it.
  for (;;) {
    const found = modules.byFile.get(folder === '.' ? inner : `${folder}/${inner}`);
    if (found !== undefined && modules.paths[found] !== from) return found;
    if (folder === '.') break;
    folder = posix.dirname(folder);
  }
  const only = modules.bySuffix.get(inner);
  return only?.length === 1 && inner.includes('/') ? only[0] : undefined;
}
