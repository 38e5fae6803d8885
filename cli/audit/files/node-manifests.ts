import type { Subject } from '../subject/subject.ts';
import { hasPath } from './has-path.ts';
import { folderOf, foldersUp, inside, isOwnManifest } from './own-folder.ts';
import { at, itemsOf, readYaml, textOf } from './yaml-tree.ts';

/** A `package.json` with dependencies. */
export interface PackageManifest {
  readonly path: string;
  /** Names and ranges of all kinds of dependencies but peers. */
  readonly dependencies: readonly { readonly name: string; readonly range: string }[];
  /** The lock file that holds for it: beside it, or of the workspace that it belongs to. */
  readonly lock?: string;
  readonly problem?: string;
}

const locks = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
];
const maxManifests = 300;
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** The manifests of the project's own packages that have dependencies, or that could not be parsed. */
export function packageManifests(subject: Subject): readonly PackageManifest[] {
  return subject.paths
    .filter((path) => /(^|\/)package\.json$/.test(path) && isOwnManifest(path))
    .slice(0, maxManifests)
    .flatMap((path) => {
      const manifest = parsed(subject.read(path));
      if (manifest === undefined) return { path, dependencies: [], problem: 'could not be parsed' };
      const dependencies = kinds.flatMap((kind) =>
        Object.entries(record(manifest[kind])).map(([name, range]) => ({ name, range: String(range) })),
      );
      if (dependencies.length === 0) return [];
      const lock = lockOf(path, subject);
      return lock === undefined ? { path, dependencies } : { path, dependencies, lock };
    });
}

function lockOf(path: string, subject: Subject): string | undefined {
  const folder = folderOf(path);
  for (const above of foldersUp(folder)) {
    const lock = locks.map((name) => inside(above, name)).find((one) => hasPath(subject, one));
    if (lock !== undefined && (above === folder || isMember(folder, above, subject))) return lock;
  }
  return undefined;
}

/** Whether a folder is a package of the workspace that has its root above. */
function isMember(folder: string, root: string, subject: Subject): boolean {
  const below = root === '' ? folder : folder.slice(root.length + 1);
  const patterns = workspacePatterns(root, subject);
  const isIn = (pattern: string): boolean =>
    globMatches(below, pattern.replace(/^\.\//, '').replace(/\/$/, ''));
  return (
    patterns.some((one) => !one.startsWith('!') && isIn(one)) &&
    !patterns.some((one) => one.startsWith('!') && isIn(one.slice(1)))
  );
}

function workspacePatterns(root: string, subject: Subject): readonly string[] {
  const workspaces = parsed(subject.read(inside(root, 'package.json')))?.['workspaces'];
  const listed: unknown = Array.isArray(workspaces) ? workspaces : record(workspaces)['packages'];
  const text = subject.read(inside(root, 'pnpm-workspace.yaml'));
  const pnpm =
    text === undefined
      ? []
      : itemsOf(at(readYaml(text).documents[0], 'packages')).flatMap((item) => textOf(item) ?? []);
  return [
    ...(Array.isArray(listed) ? listed.filter((one): one is string => typeof one === 'string') : []),
    ...pnpm,
  ];
}

/** `packages/*` and `apps/**`, segment by segment. */
function globMatches(path: string, pattern: string): boolean {
  return segmentsMatch(path.split('/'), pattern.split('/').slice(0, 20));
}

function segmentsMatch(path: readonly string[], [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return path.length === 0;
  if (first === '**') {
    // Enough for how workspaces are written: what follows may stand at any depth.
    return path.some((_, index) => segmentsMatch(path.slice(index), rest)) || rest.length === 0;
  }
  const [segment, ...others] = path;
  if (segment === undefined) return false;
  const parts = first.split('*');
  const isMatch =
    parts.length === 1
      ? segment === first
      : segment.startsWith(parts[0] ?? '') && segment.endsWith(parts.at(-1) ?? '');
  return isMatch && segmentsMatch(others, rest);
}

function parsed(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? record(value) : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
