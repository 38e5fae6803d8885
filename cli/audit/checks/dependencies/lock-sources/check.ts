/**
 * Looks at where the packages of each lock file come from: the hosts of registries, the protocol, and whether the archive is that of the
 * package that the entry names. Lock files of npm, pnpm, yarn, bun, Poetry, uv, Pipenv, PDM, pylock and requirements files are read.
 *
 * ## Why
 * Nobody reads the changes of a lock file. Whoever can propose one can point the entry of a harmless package at an archive of their own,
 * with the right checksum, and every installation runs it.
 *
 * ## Passes
 * Every package of a registry comes by HTTPS from the public registry or from one that the project's settings name (`.npmrc`,
 * `.yarnrc.yml`, `bunfig.toml`, `pyproject.toml`, `Pipfile`, `uv.toml`), and its archive has the name and the version of the entry.
 *
 * ## Fails
 * A package comes from another host, over HTTP, or from a URL or a repository that nobody asks for; its archive is that of another package; or an
 * alias that no manifest asks for stands for another package.
 *
 * ## Unknown
 * The lock file could not be read as a whole.
 *
 * ## How to fix
 * Delete the entry and let the package manager resolve it anew. A registry of your own belongs into `.npmrc` (`registry=...`) or the
 * settings of the package manager, under version control.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, unknown } from '../../../check/outcome.ts';
import { isAskedOutside } from '../../../dependencies/judge/is-asked-outside.ts';
import { judgeLocks, placeOf, shown } from '../../../dependencies/judge/judge-locks.ts';
import { registryHosts } from '../../../dependencies/judge/registry-hosts.ts';
import type { LockedPackage, LockFile } from '../../../dependencies/package-graph.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'dependencies/lock-sources',
  aspect: 'dependencies/locked',
  title: 'Every package of a lock file comes from a registry that the project uses, under its own name.',
  why: 'An installation runs code that somebody slipped into the lock file.',
  severity: 'high',
  cwe: [494, 829],
  asvs: ['15.2.4'],
  weight: 'part',
  run: (subject) =>
    judgeLocks(
      subject,
      (lock) => judge(lock, subject),
      ({ path, packages }) =>
        `The ${packages.length} packages of ${path} come from registries that the project uses, under their own names.`,
    ),
};

const fix = 'Delete the entry from the lock file, and let the package manager resolve it anew.';

/** Each is looked for in all manifests. */
const mostOdd = 1000;

function judge(lock: LockFile, subject: Subject): readonly Outcome[] {
  const hosts = registryHosts(lock, subject);
  const odd = lock.packages.filter(
    ({ alias, source }) => alias !== undefined || /^(?:git|url)$/.test(source.kind),
  );
  if (odd.length > mostOdd)
    return [
      unknown(
        `${lock.path} has more aliases, repositories and URLs than are compared with what is asked for.`,
        fix,
        [{ text: lock.path, path: lock.path, line: 1 }],
      ),
    ];
  return lock.packages.flatMap((one) => {
    const { source } = one;
    const evidence = [placeOf(one, `${shown(one)} ${'url' in source ? source.url : ''}`)];
    if (hidesName(one, lock, subject))
      return [
        fail(
          `${lock.path} installs ${one.name} under the name ${one.alias}, which no manifest asks for.`,
          evidence,
          fix,
        ),
      ];
    if (
      (source.kind === 'git' || source.kind === 'url') &&
      isByEntry(lock) &&
      !isAskedOutside(one, lock, subject)
    )
      return [
        fail(
          `${shown(one)} comes from ${source.host ?? 'another place'}, although a version of the registry is asked for.`,
          evidence,
          fix,
        ),
      ];
    if (source.kind !== 'registry') return [];
    if (source.url !== undefined && /^http:/i.test(source.url))
      return [fail(`${shown(one)} is downloaded over HTTP.`, evidence, fix)];
    // The index of a requirements file is named in that file alone: it is the setting itself.
    if (source.host !== undefined && lock.kind !== 'requirements' && !hosts.has(source.host))
      return [
        fail(
          `${shown(one)} comes from ${source.host}, which is not a registry that the project's settings name.`,
          evidence,
          fix,
        ),
      ];
    if (lock.ecosystem === 'npm' && isOther(one, source.url))
      return [
        fail(
          `The entry of ${shown(one)} downloads the archive of another package or version.`,
          evidence,
          fix,
        ),
      ];
    return [];
  });
}

/** Requirements and pylock files say themselves what is asked for. */
function isByEntry({ kind }: LockFile): boolean {
  return kind !== 'requirements' && kind !== 'pylock';
}

/** `https://registry.npmjs.org/@a/b/-/b-1.0.0.tgz` belongs to `@a/b` 1.0.0. */
function isOther({ name, version }: LockedPackage, url: string | undefined): boolean {
  const [, folder, file] = /^[a-z+]+:\/\/[^/]+\/(.*?)\/-\/(?:.*\/)?([^/?#]+\.tgz)/i.exec(url ?? '') ?? [];
  if (folder === undefined || file === undefined || version === undefined) return false;
  const base = name.slice(name.lastIndexOf('/') + 1);
  const decoded = folder.replace(/%2f/gi, '/').replace(/%40/g, '@');
  const isNamed = decoded === name || decoded.endsWith(`/${name}`);
  return !isNamed || file.toLowerCase() !== `${base}-${version.replace(/\+.*$/, '')}.tgz`.toLowerCase();
}

/** Who asks for an alias writes `npm:` and the name: a manifest, or the entry of another package. */
function hidesName({ alias, name, isDirect }: LockedPackage, lock: LockFile, subject: Subject): boolean {
  if (alias === undefined || lock.ecosystem !== 'npm') return false;
  // Of a file that is too large to be searched, only what a manifest asks for is known.
  if (!isDirect && subject.read(lock.path) === undefined) return false;
  const asked = `npm:${name}`;
  const files = [lock.path, ...subject.paths.filter((path) => /(?:^|\/)package\.json$/.test(path))];
  return !files.some((path) => subject.read(path)?.includes(asked));
}
