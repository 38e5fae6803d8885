import { parse } from 'smol-toml';
import type { Subject } from '../subject/subject.ts';
import { hasPath } from './has-path.ts';
import { folderOf, foldersUp, inside, isOwnManifest } from './own-folder.ts';
import { type Requirement, readRequirements } from './requirements-file.ts';

/** A file that says which Python packages are needed. */
export interface PythonManifest {
  readonly path: string;
  readonly kind: 'requirements' | 'pyproject' | 'pipfile' | 'setup';
  /** Of requirements files; of others the names as they are written. */
  readonly requirements: readonly Requirement[];
  /** The lock file that holds for it. */
  readonly lock?: string;
  readonly problem?: string;
}

const requirementsPath = /(^|\/)(requirements\/[\w./-]+|[\w.-]*requirements[\w.-]*)\.(txt|in)$/i;
const maxManifests = 200;

/** The manifests of the project that name packages, or that could not be parsed. */
export function pythonManifests(subject: Subject): readonly PythonManifest[] {
  const own = subject.paths.filter(isOwnManifest);
  const files = own
    .filter((path) => requirementsPath.test(path) && !/constraints?\.(txt|in)$/.test(path))
    .slice(0, maxManifests);
  const locked = new Set(files.filter((path) => isLocked(subject.read(path))));
  return [
    ...files.flatMap((path) => ofRequirements(path, subject, locked)),
    ...own
      .filter((path) => /(^|\/)pyproject\.toml$/.test(path))
      .slice(0, maxManifests)
      .flatMap((path) => ofPyproject(path, subject, locked)),
    ...own
      .filter((path) => /(^|\/)Pipfile$/.test(path))
      .slice(0, maxManifests)
      .map((path) => ofPipfile(path, subject)),
    ...own
      .filter((path) => /(^|\/)setup\.(py|cfg)$/.test(path))
      .slice(0, maxManifests)
      .flatMap((path) => ofSetup(path, subject, locked)),
  ];
}

function isLocked(text: string | undefined): boolean {
  const requirements = readRequirements(text ?? '');
  return requirements.length > 0 && requirements.every(({ isExact, hasHash }) => isExact && hasHash);
}

function ofRequirements(path: string, subject: Subject, locked: ReadonlySet<string>): PythonManifest[] {
  const text = subject.read(path);
  if (text === undefined)
    return [{ path, kind: 'requirements', requirements: [], problem: 'could not be read' }];
  const requirements = readRequirements(text);
  if (requirements.length === 0) return [];
  if (locked.has(path)) return [{ path, kind: 'requirements', requirements, lock: path }];
  const compiled = path.endsWith('.in') ? compiledOf(path, subject, locked) : undefined;
  if (compiled !== undefined) return [{ path, kind: 'requirements', requirements, lock: compiled }];
  // `requirements.in` is written out into `requirements.txt`, which is judged itself.
  const isSource = path.endsWith('.in') && hasPath(subject, path.replace(/\.in$/, '.txt'));
  return isSource ? [] : [{ path, kind: 'requirements', requirements }];
}

/** The file that pip-compile made of it, which names its source. */
function compiledOf(path: string, subject: Subject, locked: ReadonlySet<string>): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const beside = path.replace(/\.in$/, '.txt');
  if (locked.has(beside)) return beside;
  return [...locked].find((one) => (subject.read(one) ?? '').slice(0, 2000).includes(name));
}

function ofPyproject(path: string, subject: Subject, locked: ReadonlySet<string>): PythonManifest[] {
  let tables: Record<string, unknown>;
  try {
    tables = parse(subject.read(path) ?? '');
  } catch {
    return [{ path, kind: 'pyproject', requirements: [], problem: 'could not be parsed' }];
  }
  const project = record(tables['project']);
  const poetry = record(record(tables['tool'])['poetry']);
  const groups = Object.values(record(tables['dependency-groups'])).flatMap(texts);
  const listed = [
    ...texts(project['dependencies']),
    ...Object.values(record(project['optional-dependencies'])).flatMap(texts),
    ...groups,
  ];
  const ofPoetry = ['dependencies', 'dev-dependencies']
    .flatMap((key) => Object.keys(record(poetry[key])))
    .filter((name) => name !== 'python');
  const inGroups = Object.values(record(poetry['group'])).flatMap((group) =>
    Object.keys(record(record(group)['dependencies'])),
  );
  const names = [...listed, ...ofPoetry, ...inGroups];
  if (names.length === 0) return [];
  const requirements = names.map((text) => ({
    text: text.slice(0, 200),
    line: 1,
    isExact: false,
    hasHash: false,
  }));
  const lock =
    lockBeside(path, ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'], subject) ??
    lockedBeside(path, locked);
  return [
    lock === undefined
      ? { path, kind: 'pyproject', requirements }
      : { path, kind: 'pyproject', requirements, lock },
  ];
}

function ofPipfile(path: string, subject: Subject): PythonManifest {
  const lock = lockBeside(path, ['Pipfile.lock'], subject);
  return lock === undefined
    ? { path, kind: 'pipfile', requirements: [] }
    : { path, kind: 'pipfile', requirements: [], lock };
}

function ofSetup(path: string, subject: Subject, locked: ReadonlySet<string>): PythonManifest[] {
  const text = subject.read(path) ?? '';
  const found = /install_requires\s*=(?!=)\s*/.exec(text);
  if (found === null) return [];
  const line = text.slice(0, found.index).split('\n').length;
  const listed = listedIn(text.slice(found.index + found[0].length), path.endsWith('.cfg'));
  if (listed?.length === 0) return [];
  const names = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'];
  const lock = lockBeside(path, names, subject) ?? lockedBeside(path, locked);
  const requirements = readRequirements((listed ?? []).join('\n')).map((one) => ({ ...one, line }));
  if (lock !== undefined) return [{ path, kind: 'setup', requirements, lock }];
  const problem = listed === undefined ? { problem: 'computes what it requires' } : {};
  return [{ path, kind: 'setup', requirements, ...problem }];
}

/** The texts of a list, or the indented lines of `setup.cfg`; undefined if it is neither. */
function listedIn(value: string, isConfig: boolean): readonly string[] | undefined {
  if (isConfig)
    return (/^(?:\n?[ \t]+\S.*)+/.exec(value)?.[0] ?? value.split('\n', 1)[0] ?? '')
      .split('\n')
      .map((one) => one.trim())
      .filter(Boolean);
  const [, list] = /^\[([^\]]{0,20000})\]/.exec(value) ?? [];
  if (list === undefined) return undefined;
  const texts = [...list.matchAll(/["']([^"'\n]*)["']/g)].map(([, text = '']) => text);
  // A name or a call among the texts may stand for more of them.
  const rest = list.replace(/["'][^"'\n]*["']|#.*|[\s,]/g, '');
  return rest === '' ? texts : undefined;
}

/** A lock file in the folder, or above it in the root of a workspace of uv. */
function lockBeside(path: string, names: readonly string[], subject: Subject): string | undefined {
  const folder = folderOf(path);
  for (const above of foldersUp(folder)) {
    const lock = names.map((name) => inside(above, name)).find((one) => hasPath(subject, one));
    if (lock === undefined) continue;
    const isWorkspace =
      above === folder || /\[tool\.uv\.workspace\]/.test(subject.read(inside(above, 'pyproject.toml')) ?? '');
    if (isWorkspace) return lock;
  }
  return undefined;
}

function lockedBeside(path: string, locked: ReadonlySet<string>): string | undefined {
  return [...locked].find((one) => folderOf(one) === folderOf(path) && /(^|\/)requirements\.txt$/.test(one));
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
