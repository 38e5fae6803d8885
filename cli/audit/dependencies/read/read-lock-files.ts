import { packageManifests } from '../../files/node-manifests.ts';
import { folderOf, inside, isOwnManifest } from '../../files/own-folder.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';
import type { LockFile, LockKind, PackageEcosystem } from '../package-graph.ts';
import type { LockInput, LockReader } from './kit/lock-reader.ts';
import { lockText } from './kit/lock-text.ts';
import { readBunLock } from './npm/read-bun-lock.ts';
import { readPackageLock } from './npm/read-package-lock.ts';
import { readPnpmLock } from './npm/read-pnpm-lock.ts';
import { readYarnLock } from './npm/read-yarn-lock.ts';
import { readPdmLock } from './python/read-pdm-lock.ts';
import { readPipfileLock } from './python/read-pipfile-lock.ts';
import { readPoetryLock } from './python/read-poetry-lock.ts';
import { readPylock } from './python/read-pylock.ts';
import { readRequirementsLock } from './python/read-requirements-lock.ts';
import { readUvLock } from './python/read-uv-lock.ts';

interface Reader {
  readonly kind: LockKind;
  readonly ecosystem: PackageEcosystem;
  /** Of the path. */
  readonly pattern: RegExp;
  readonly read: LockReader;
  readonly manifest?: string;
}

const readers: readonly Reader[] = [
  {
    kind: 'package-lock',
    ecosystem: 'npm',
    pattern: /^(?:package-lock|npm-shrinkwrap)\.json$/,
    read: readPackageLock,
    manifest: 'package.json',
  },
  {
    kind: 'pnpm-lock',
    ecosystem: 'npm',
    pattern: /^pnpm-lock\.yaml$/,
    read: readPnpmLock,
    manifest: 'package.json',
  },
  { kind: 'yarn-1', ecosystem: 'npm', pattern: /^yarn\.lock$/, read: readYarnLock, manifest: 'package.json' },
  {
    kind: 'bun-lock',
    ecosystem: 'npm',
    pattern: /^bun\.lockb?$/,
    read: readBunLock,
    manifest: 'package.json',
  },
  {
    kind: 'poetry-lock',
    ecosystem: 'PyPI',
    pattern: /^poetry\.lock$/,
    read: readPoetryLock,
    manifest: 'pyproject.toml',
  },
  { kind: 'uv-lock', ecosystem: 'PyPI', pattern: /^uv\.lock$/, read: readUvLock, manifest: 'pyproject.toml' },
  {
    kind: 'pipfile-lock',
    ecosystem: 'PyPI',
    pattern: /^Pipfile\.lock$/,
    read: readPipfileLock,
    manifest: 'Pipfile',
  },
  {
    kind: 'pdm-lock',
    ecosystem: 'PyPI',
    pattern: /^pdm\.lock$/,
    read: readPdmLock,
    manifest: 'pyproject.toml',
  },
  {
    kind: 'pylock',
    ecosystem: 'PyPI',
    pattern: /^pylock(?:\.[^.]+)?\.toml$/,
    read: readPylock,
    manifest: 'pyproject.toml',
  },
  {
    kind: 'requirements',
    ecosystem: 'PyPI',
    pattern: /^[\w.-]*requirements[\w.-]*\.txt$/i,
    read: readRequirementsLock,
  },
];
const inRequirementsFolder = /(?:^|\/)requirements\/(?:[\w.-]+\/)*[\w.-]+\.txt$/i;
const mostFiles = 200;

const known = new WeakMap<Subject, readonly LockFile[]>();

/** The lock files of what the project ships, with their packages: none of tests, examples or documentation. */
export function lockFiles(subject: Subject): readonly LockFile[] {
  const found = known.get(subject) ?? readAll(subject);
  known.set(subject, found);
  return found;
}

function readAll(subject: Subject): readonly LockFile[] {
  return subject.paths
    .filter((path) => isOwnManifest(path) && isProductionPath(path))
    .flatMap((path) => {
      const reader = readerOf(path);
      return reader === undefined ? [] : [{ path, reader }];
    })
    .slice(0, mostFiles)
    .map(({ path, reader }) => readOne(path, reader, subject));
}

function readerOf(path: string): Reader | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // A file of constraints installs nothing.
  if (/constraints?\b/i.test(name)) return undefined;
  return readers.find(
    ({ pattern, kind }) => pattern.test(name) || (kind === 'requirements' && inRequirementsFolder.test(path)),
  );
}

function readOne(path: string, reader: Reader, subject: Subject): LockFile {
  const { kind, ecosystem, manifest } = reader;
  const empty = { kind, ecosystem, path, packages: [] };
  const file = path.endsWith('.lockb')
    ? { problem: 'is a binary file: `bun install --save-text-lockfile` writes text' }
    : lockText(subject.root, path);
  if ('problem' in file) return { ...empty, problems: [{ text: `${path} ${file.problem}.`, path }] };
  const beside = manifest === undefined ? undefined : inside(folderOf(path), manifest);
  const read = (other: string): string | undefined => subject.read(other);
  const input: LockInput = {
    path,
    text: file.text,
    read,
    members: () =>
      packageManifests(subject)
        .filter((one) => one.lock === path && one.path !== beside)
        .map((one) => one.path),
  };
  try {
    const found = reader.read(input);
    return beside !== undefined && found.manifest === undefined && subject.read(beside) !== undefined
      ? { ...found, manifest: beside }
      : found;
  } catch {
    return {
      ...empty,
      problems: [
        { text: `${path} could not be read: it is nested too deeply or stands for too much.`, path },
      ],
    };
  }
}
