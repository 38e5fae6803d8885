import type { LockFile, PackageSource } from '../../package-graph.ts';
import { type Draft, draftOf, type Edge } from '../kit/draft.ts';
import { subresourceIntegrity } from '../kit/integrity.ts';
import { keyLines } from '../kit/key-lines.ts';
import { LockCollector, type LockInput } from '../kit/lock-reader.ts';
import { locatedSource, registrySource } from '../kit/package-source.ts';
import { isMap, mapAt, textAt, textsAt, type Values, valueAt } from '../kit/values.ts';
import { readOldPackageLock } from './read-old-package-lock.ts';

/** `package-lock.json` and `npm-shrinkwrap.json`, versions 2 and 3: https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
export function readPackageLock(input: LockInput): LockFile {
  const lock = new LockCollector(input);
  const file = parsed(input.text);
  if (file === undefined) lock.problem('is not valid JSON');
  else readLock(file, input, lock);
  return lock.finish('package-lock', 'npm');
}

function parsed(text: string): Values | undefined {
  try {
    const file: unknown = JSON.parse(text);
    return isMap(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function readLock(file: Values, input: LockInput, lock: LockCollector): void {
  const version = valueAt(file, 'lockfileVersion');
  if (version !== undefined) lock.format = String(version);
  const packages = valueAt(file, 'packages');
  if (isMap(packages)) readPackages(packages, input, lock);
  else if (version === 1 || isMap(valueAt(file, 'dependencies'))) readOldPackageLock(file, input, lock);
  else lock.problem('names no packages');
}

function readPackages(packages: Values, input: LockInput, lock: LockCollector): void {
  const start = Math.max(0, input.text.indexOf('"packages"'));
  const lines = keyLines(input.text, /"((?:[^"\\\n]|\\.)*)"\s*:\s*\{/g, start);
  const paths = Object.keys(packages);
  if (paths.length === 0) lock.problem('names no packages');
  const tree: Tree = { packages, bundled: bundledOf(packages) };
  for (const path of paths) {
    const line = lines.get(path) ?? 1;
    const entry = packages[path];
    if (!isMap(entry)) {
      lock.problem(`has an entry that is no package: ${JSON.stringify(path)}`, line);
      continue;
    }
    const edges = edgesOf(path, entry, tree, (name) =>
      lock.problem(
        `does not hold ${name}, which ${path === '' ? 'the manifest' : JSON.stringify(path)} needs`,
        line,
      ),
    );
    if (!isInstalled(path)) lock.roots.push(...edges);
    if (path === '' || valueAt(entry, 'link') === true) continue;
    lock.add(packageOf(path, entry, edges, input.path, line));
    if (isInstalled(path) && textAt(entry, 'version') === undefined)
      lock.problem(`has a package without a version: ${JSON.stringify(path)}`, line);
  }
}

interface Tree {
  readonly packages: Values;
  /** Names that lie in the archive of a package, whether the file lists them or not. */
  readonly bundled: ReadonlyMap<string, ReadonlySet<string>>;
}

function bundledOf(packages: Values): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    Object.entries(packages).flatMap(([path, entry]) => {
      const names = [...textsAt(entry, 'bundleDependencies'), ...textsAt(entry, 'bundledDependencies')];
      return names.length === 0 ? [] : [[path, new Set(names)] as const];
    }),
  );
}

/** `node_modules/a`; others are folders of the project. */
function isInstalled(path: string): boolean {
  return /(?:^|\/)node_modules\//.test(path);
}

const kinds = [
  ['dependencies', 'needed'],
  ['devDependencies', 'dev'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
] as const;

function edgesOf(path: string, entry: Values, tree: Tree, missing: (name: string) => void): readonly Edge[] {
  const optional = new Set(Object.keys(mapAt(entry, 'optionalDependencies')));
  return kinds.flatMap(([key, kind]) => {
    // The development dependencies of an installed package are none of its installation.
    if (kind === 'dev' && isInstalled(path)) return [];
    return Object.keys(mapAt(entry, key)).flatMap((name): Edge[] => {
      if (kind === 'needed' && optional.has(name)) return [];
      const to = resolved(path, name, tree.packages);
      if (to !== undefined) return [{ to, kind }];
      if ((kind === 'needed' || kind === 'dev') && !tree.bundled.get(path)?.has(name)) missing(name);
      return [];
    });
  });
}

/** Where Node finds a package from a folder, as https://nodejs.org/api/modules.html#loading-from-node_modules-folders has it. */
function resolved(from: string, name: string, packages: Values): string | undefined {
  for (let folder: string | undefined = from; folder !== undefined; folder = above(folder)) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const entry = valueAt(packages, path);
    if (entry === undefined) continue;
    return valueAt(entry, 'link') === true ? textAt(entry, 'resolved') : path;
  }
  return undefined;
}

function above(folder: string): string | undefined {
  if (folder === '') return undefined;
  const end = folder.lastIndexOf('/');
  return end < 0 ? '' : folder.slice(0, end);
}

function packageOf(path: string, entry: Values, edges: readonly Edge[], file: string, line: number): Draft {
  const folder = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const name = textAt(entry, 'name') ?? (isInstalled(path) ? folder : path);
  const both = valueAt(entry, 'devOptional') === true;
  const isOwn = !isInstalled(path);
  return draftOf({
    ecosystem: 'npm',
    id: path,
    name,
    alias: isInstalled(path) && folder !== name ? folder : undefined,
    version: textAt(entry, 'version'),
    source: sourceOf(path, entry),
    integrity: subresourceIntegrity(textAt(entry, 'integrity')),
    isDev: isOwn ? undefined : valueAt(entry, 'dev') === true,
    isOptional: isOwn ? undefined : both || valueAt(entry, 'optional') === true,
    isPeer: isOwn ? undefined : valueAt(entry, 'peer') === true,
    isBundled: valueAt(entry, 'inBundle') === true ? true : undefined,
    hasInstallScript: valueAt(entry, 'hasInstallScript') === true,
    deprecated: textAt(entry, 'deprecated'),
    edges,
    path: file,
    line,
  });
}

function sourceOf(path: string, entry: Values): PackageSource {
  if (!isInstalled(path))
    return path.startsWith('..') ? { kind: 'file', location: path } : { kind: 'workspace', location: path };
  return npmSource(textAt(entry, 'resolved'));
}

/**
 * What `resolved` says. An archive by http counts as one of a registry if it has the path of one, `/name/-/name-1.0.0.tgz`, or a query:
 * npm has no other mark.
 */
export function npmSource(resolved: string | undefined): PackageSource {
  if (resolved === undefined) return { kind: 'registry' };
  if (/^https?:\/\/[^/]+\/(?:.*\/)?-\//i.test(resolved)) return registrySource(resolved);
  return locatedSource(resolved) ?? registrySource(resolved);
}
