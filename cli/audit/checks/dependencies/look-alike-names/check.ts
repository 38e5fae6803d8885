/**
 * Looks at the names of the packages in each lock file that are nearly those of popular packages: one letter more, less, changed or
 * swapped with its neighbour, or other separators. The list of popular names ships with Bulwark and is of November 2026. Popular
 * packages themselves, names with a scope and names of less than five letters are not compared.
 *
 * ## Why
 * Packages with such names are published for those who mistype one, and run their code when they are installed.
 *
 * ## Passes
 * No name is nearly that of a popular package.
 *
 * ## Fails
 * Never: a similar name alone proves nothing.
 *
 * ## Unknown
 * A name is nearly that of a popular package, or the lock file could not be read as a whole.
 *
 * ## How to fix
 * Look at the package's page: who publishes it, since when, and from which repository. If it isn't meant, remove it and look at what it
 * ran.
 */
import type { Check } from '../../../check/check.ts';
import { type Outcome, unknown } from '../../../check/outcome.ts';
import { popularNpm } from '../../../dependencies/data/popular-npm.ts';
import { popularPypi } from '../../../dependencies/data/popular-pypi.ts';
import { judgeLocks, placeOf, shown } from '../../../dependencies/judge/judge-locks.ts';
import { isNearName } from '../../../dependencies/judge/near-name.ts';
import type { LockFile } from '../../../dependencies/package-graph.ts';

export const check: Check = {
  id: 'dependencies/look-alike-names',
  aspect: 'dependencies/locked',
  title: 'No package has nearly the name of a popular one.',
  why: 'A mistyped name installs the code of whoever published it.',
  severity: 'medium',
  cwe: [1357],
  asvs: ['15.2.4'],
  weight: 'note',
  run: (subject) =>
    judgeLocks(subject, judge, ({ path }) => `No package of ${path} has nearly the name of a popular one.`),
};

/** What is imitated: those further down the list are rarely worth it. */
const mostImitated = 1000;
const shortest = 5;
const mostPackages = 20_000;

function judge({ packages, ecosystem, path }: LockFile): readonly Outcome[] {
  const popular = ecosystem === 'npm' ? popularNpm : popularPypi;
  const known = new Set(popular);
  const imitated = popular.slice(0, mostImitated).filter((name) => name.length >= shortest);
  const seen = new Set<string>();
  if (packages.length > mostPackages)
    return [unknown(`${path} has too many packages for their names to be compared.`, 'Split the workspace.')];
  return packages.flatMap((one) => {
    const { name, source } = one;
    if (source.kind !== 'registry' || name.length < shortest || name.startsWith('@')) return [];
    if (known.has(name) || seen.has(name)) return [];
    seen.add(name);
    const like = imitated.find((other) => isNearName(name, other));
    if (like === undefined) return [];
    return [
      unknown(
        `${shown(one)} has nearly the name of the popular package ${like}.`,
        `Look whether ${name} is meant: who publishes it, since when, and from which repository.`,
        [placeOf(one)],
      ),
    ];
  });
}
