/**
 * Compares the versions in each lock file with what the manifest beside it asks for: `package.json`, and `[project]` and Poetry's tables
 * of `pyproject.toml`. Ranges that a manifest overrides (`overrides`, `resolutions`), tags, folders, repositories and URLs are left out.
 *
 * ## Why
 * A lock file that names another version than the manifest allows was changed by hand or merged wrongly. Some managers install from it
 * all the same: an old version with a known hole, or a new one that nobody meant.
 *
 * ## Passes
 * For every range of the manifest the lock file has a version that satisfies it.
 *
 * ## Fails
 * The lock file has versions of the package, and none satisfies the range.
 *
 * ## Unknown
 * The lock file has no version of the package, has no manifest beside it, or could not be read as a whole.
 *
 * ## How to fix
 * Run the installation of the package manager (`npm install`, `poetry lock`), look at what changes, and commit it.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, unknown } from '../../../check/outcome.ts';
import { type AskedRange, askedRanges } from '../../../dependencies/judge/asked-ranges.ts';
import { judgeLocks, placeOf, shown } from '../../../dependencies/judge/judge-locks.ts';
import type { LockedPackage, LockFile } from '../../../dependencies/package-graph.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'dependencies/lock-matches',
  aspect: 'dependencies/locked',
  title: 'The versions of a lock file are those that its manifest allows.',
  why: 'An installation takes a version that nobody meant, such as an old one with a known hole.',
  severity: 'medium',
  cwe: [1357],
  asvs: ['15.2.4'],
  weight: 'part',
  run: (subject) =>
    judgeLocks(
      subject,
      (lock) => judge(lock, subject),
      ({ path, manifest = '' }) => `${path} has a version for every range of ${manifest}.`,
    ).filter(({ summary }) => !summary.endsWith(' for every range of .')),
};

const fix =
  'Run the installation of the package manager, look at what changes in the lock file, and commit it.';

function judge(lock: LockFile, subject: Subject): readonly Outcome[] {
  // A requirements file is its own manifest, and a Pipfile.lock has a checksum of the Pipfile.
  if (lock.kind === 'requirements' || lock.kind === 'pipfile-lock' || lock.packages.length === 0) return [];
  const { manifest } = lock;
  if (manifest === undefined)
    return [
      unknown(`${lock.path} has no manifest beside it.`, 'Commit the manifest beside the lock file.', [
        { text: lock.path, path: lock.path, line: 1 },
      ]),
    ];
  const asked = askedRanges(manifest, subject.read(manifest));
  if (asked === undefined)
    return [
      unknown(`${manifest} could not be parsed.`, 'Correct the file.', [
        { text: manifest, path: manifest, line: 1 },
      ]),
    ];
  const named = new Map<string, LockedPackage[]>();
  for (const one of lock.packages)
    for (const name of new Set([one.name, one.alias ?? one.name])) {
      const same = named.get(name);
      if (same) same.push(one);
      else named.set(name, [one]);
    }
  return asked.flatMap((one) => compare(one, named.get(one.name) ?? [], lock));
}

function compare(
  { name, range, allows }: AskedRange,
  installed: readonly LockedPackage[],
  lock: LockFile,
): readonly Outcome[] {
  const atRoot =
    lock.kind === 'package-lock' ? installed.filter(({ id }) => id === `node_modules/${name}`) : installed;
  const versions = (atRoot.length > 0 ? atRoot : installed).filter(
    ({ source, version }) => source.kind === 'registry' && version !== undefined,
  );
  const [first] = versions;
  if (first === undefined) {
    if (installed.length > 0) return [];
    return [
      unknown(`${lock.path} has no version of ${name}, which ${lock.manifest} asks for.`, fix, [
        { text: lock.path, path: lock.path, line: 1 },
      ]),
    ];
  }
  if (versions.some(({ version = '' }) => allows(version))) return [];
  return [
    fail(
      `${lock.path} has ${shown(first)}, and ${lock.manifest} asks for ${range}.`,
      versions.slice(0, 5).map((one) => placeOf(one)),
      fix,
    ),
  ];
}
