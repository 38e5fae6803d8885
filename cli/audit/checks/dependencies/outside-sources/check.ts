/**
 * Looks at packages that come from a repository or a URL instead of a registry.
 *
 * ## Why
 * A branch or a tag can be moved, and an archive at a URL be replaced: the next installation runs other code. Scanners for known
 * vulnerabilities look up versions of registries, and don't see such packages.
 *
 * ## Passes
 * There are none; or each is asked for by the project itself, and fixed by a commit or a checksum.
 *
 * ## Fails
 * One is fixed by neither, or is fetched without encryption.
 *
 * ## Unknown
 * Another package asks for one, or the lock file could not be read as a whole.
 *
 * ## How to fix
 * Use a release of a registry, or name the full commit: `github:user/repository#0123abc...`, `git+https://...@0123abc...`.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeLocks, placeOf, shown } from '../../../dependencies/judge/judge-locks.ts';
import type { LockedPackage, LockFile } from '../../../dependencies/package-graph.ts';

export const check: Check = {
  id: 'dependencies/outside-sources',
  aspect: 'dependencies/locked',
  title: 'What comes from a repository or a URL is fixed by a commit or a checksum.',
  why: 'A branch, a tag or an archive can be replaced by other code.',
  severity: 'medium',
  cwe: [494, 829],
  asvs: ['15.2.4'],
  weight: 'part',
  run: (subject) =>
    judgeLocks(subject, judge, ({ path }) => `No package of ${path} comes from a repository or a URL.`),
};

const fix = 'Use a release of a registry, or name the full commit or a checksum.';

function judge(lock: LockFile): readonly Outcome[] {
  return lock.packages.flatMap((one) => {
    const { source } = one;
    if (source.kind !== 'git' && source.kind !== 'url') return [];
    const evidence = [placeOf(one, `${shown(one)} ${source.url}`)];
    if (/^(?:git\+)?(?:http|git):\/\//i.test(source.url))
      return [fail(`${shown(one)} is fetched without encryption.`, evidence, fix)];
    if (!isFixed(one))
      return [fail(`${shown(one)} comes from ${place(one)} and is not fixed.`, evidence, fix)];
    const from = one.via.at(-2);
    if (!one.isDirect && one.via.length > 1)
      return [
        unknown(
          `${shown(one)} comes from ${place(one)}, which ${from ?? 'another package'} asks for.`,
          fix,
          evidence,
        ),
      ];
    return [pass(`${shown(one)} comes from ${place(one)} and is fixed.`, evidence)];
  });
}

/** A short commit can be made to mean another one. */
function isFixed({ source, integrity }: LockedPackage): boolean {
  if (source.kind === 'git') return (source.commit?.length ?? 0) >= 40 || integrity.length > 0;
  return integrity.some(({ algorithm }) => !/^(?:md5|sha1)$/.test(algorithm));
}

function place({ source }: LockedPackage): string {
  return source.kind === 'git' ? 'a repository' : 'a URL';
}
