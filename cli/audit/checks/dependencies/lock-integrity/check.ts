/**
 * Looks at the checksums of the packages in each lock file. Packages that lie in the archive of another one, folders, repositories at a
 * fixed commit and what yarn 4 leaves out because another platform installs it are not counted.
 *
 * ## Why
 * A version alone does not say what is downloaded. Without a checksum of its archive, a registry, a proxy or a cache can send other code.
 *
 * ## Passes
 * Every package has a checksum of SHA-256, SHA-384 or SHA-512, or that of yarn's cache.
 *
 * ## Fails
 * A package has only a checksum of SHA-1 or MD5, for which two archives with the same checksum can be made.
 *
 * ## Unknown
 * A package has no checksum, or the lock file could not be read as a whole.
 *
 * ## How to fix
 * npm adds checksums to `package-lock.json` if `node_modules` and the lock file are deleted and installed anew. For pip, write the
 * requirements with `pip-compile --generate-hashes`.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, unknown } from '../../../check/outcome.ts';
import { judgeLocks, placeOf, shown } from '../../../dependencies/judge/judge-locks.ts';
import type { LockedPackage, LockFile } from '../../../dependencies/package-graph.ts';

export const check: Check = {
  id: 'dependencies/lock-integrity',
  aspect: 'dependencies/locked',
  title: 'Every package of a lock file has a strong checksum.',
  why: 'A registry, a proxy or a cache can send other code than what was tested.',
  severity: 'medium',
  cwe: [353, 354],
  asvs: ['15.2.4'],
  weight: 'part',
  run: (subject) =>
    judgeLocks(
      subject,
      judge,
      ({ path, packages }) =>
        `The ${packages.filter(needsOne).length} archives of ${path} have strong checksums.`,
    ),
};

const strong = /^(?:sha256|sha384|sha512|sha3_256|sha3_512|blake2b|yarn)$/;
const fix = 'Let the package manager write the lock file anew, with checksums, and commit it.';
const mostShown = 10;

function judge(lock: LockFile): readonly Outcome[] {
  const counted = lock.packages.filter(needsOne).filter((one) => !isLeftOut(one, lock));
  const none = counted.filter(({ integrity }) => integrity.length === 0);
  const weak = counted.filter(
    ({ integrity }) => integrity.length > 0 && !integrity.some(({ algorithm }) => strong.test(algorithm)),
  );
  return [
    ...(weak.length === 0
      ? []
      : [
          fail(
            `${lock.path} has only a weak checksum of ${named(weak)}.`,
            weak
              .slice(0, mostShown)
              .map((one) => placeOf(one, `${shown(one)} ${one.integrity[0]?.algorithm ?? ''}`)),
            fix,
          ),
        ]),
    ...(none.length === 0
      ? []
      : [
          unknown(
            `${lock.path} has no checksum of ${named(none)}.`,
            fix,
            none.slice(0, mostShown).map((one) => placeOf(one)),
          ),
        ]),
  ];
}

function named(packages: readonly LockedPackage[]): string {
  const [first] = packages;
  const name = first === undefined ? '' : shown(first);
  return packages.length === 1 ? name : `${name} and ${packages.length - 1} more`;
}

function needsOne({ source, isBundled }: LockedPackage): boolean {
  if (isBundled === true) return false;
  return (
    source.kind === 'registry' ||
    source.kind === 'url' ||
    (source.kind === 'file' && isArchive(source.location))
  );
}

function isArchive(location: string): boolean {
  return /\.(?:tgz|tar\.gz|zip|whl)$/.test(location);
}

/** Yarn 4 computes the checksum of what another platform installs where it is installed. */
function isLeftOut({ integrity, marker }: LockedPackage, { kind }: LockFile): boolean {
  return kind === 'yarn-berry' && integrity.length === 0 && marker !== undefined;
}
