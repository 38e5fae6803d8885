/**
 * Looks at the notices in lock files by which the authors of a package gave it up: `deprecated` of npm and pnpm. Other lock files have
 * none. Development dependencies are left out.
 *
 * ## Why
 * Nobody mends the next vulnerability of a package that its authors gave up.
 *
 * ## Passes
 * The lock file has such notices as its manager writes them, and none of a package that production installs.
 *
 * ## Fails
 * A package that production installs is marked as deprecated.
 *
 * ## Unknown
 * The lock file is of a kind that does not say it, or could not be read as a whole.
 *
 * ## How to fix
 * The notice often names a successor. `npm explain <name>` shows what needs the package.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, unknown } from '../../../check/outcome.ts';
import { judgeLocks, placeOf, shown } from '../../../dependencies/judge/judge-locks.ts';
import type { LockFile } from '../../../dependencies/package-graph.ts';

export const check: Check = {
  id: 'dependencies/deprecated',
  aspect: 'dependencies/locked',
  title: 'No package that production installs was given up by its authors.',
  why: 'Nobody mends the next vulnerability of it.',
  severity: 'low',
  cwe: [1104],
  asvs: ['15.2.4'],
  weight: 'note',
  run: (subject) =>
    judgeLocks(
      subject,
      judge,
      ({ path }) => `No package that production installs is marked as deprecated in ${path}.`,
    ),
};

function judge(lock: LockFile): readonly Outcome[] {
  const says =
    lock.kind === 'pnpm-lock' ||
    (lock.kind === 'package-lock' && (lock.format === '2' || lock.format === '3'));
  if (!says)
    return lock.packages.length === 0
      ? []
      : [
          unknown(
            `${lock.path} does not say which packages are deprecated.`,
            lock.ecosystem === 'npm'
              ? 'Run `npm view <name> deprecated` for the direct dependencies.'
              : 'Look at the pages of the direct dependencies on pypi.org.',
            [{ text: lock.path, path: lock.path, line: 1 }],
          ),
        ];
  return lock.packages.flatMap((one) => {
    if (one.deprecated === undefined || one.isDev) return [];
    const by = one.via.length > 1 ? `, by ${one.via.slice(0, -1).join(' > ')}` : '';
    return [
      fail(
        `${shown(one)} is installed${by}, and its authors gave it up.`,
        [placeOf(one, `deprecated: ${one.deprecated.slice(0, 300)}`)],
        `Replace ${one.name}, or update what needs it: \`npm explain ${one.name}\`.`,
      ),
    ];
  });
}
