/**
 * Looks up every package of every lock file in the advisories that the user names with `--advisories`: an OSV dump, a database, OSV's
 * service or npm's. Versions are compared as the OSV schema says. Lock files of tests, examples and documentation are left out;
 * development dependencies are not.
 *
 * For each vulnerable package the evidence says how the project gets it, whether a file imports it, and whether a file that answers
 * requests does. That ranks vulnerabilities, and excuses none.
 *
 * ## Why
 * Vulnerabilities that are published are tried first, by machines, at every site.
 *
 * ## Passes
 * No package has a known vulnerability, or each that has was accepted in `bulwark.decisions.toml` with a reason and a day until which
 * it counts.
 *
 * ## Fails
 * A package has a known vulnerability that was not accepted, or whose acceptance has expired.
 *
 * ## Unknown
 * No advisories were named; they are missing, broken, empty or old; a lock file could not be read as a whole; a requirements
 * file has no hashes, so that it may leave packages out; or a package has no exact version, or comes from elsewhere than a registry, of
 * which advisories don't speak.
 *
 * ## How to fix
 * Update the package to the version that the fix names. If another package brings it, update that one, or override the version. If the
 * vulnerability can't be reached, accept it:
 *
 * ```toml
 * [[accepted]]
 * advisory = "GHSA-35jh-r3h4-6jhm"
 * package = "lodash"
 * path = "package-lock.json"
 * reason = "Templates are never built from input."
 * until = 2027-01-31
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeLockFile } from '../../../dependencies/advisories/judge/judge-lock-file.ts';
import { lookUp } from '../../../dependencies/advisories/judge/look-up.ts';
import { lockFiles } from '../../../dependencies/read/read-lock-files.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'dependencies/known-vulnerabilities',
  aspect: 'dependencies/vulnerable',
  title: 'No package of a lock file has a known vulnerability that was not accepted.',
  why: 'Published vulnerabilities are tried at every site, by machines.',
  severity: 'high',
  cwe: [1395],
  asvs: ['15.2.1'],
  run,
};

async function run(subject: Subject): Promise<readonly Outcome[]> {
  const files = lockFiles(subject);
  const { advisories } = subject;
  if (files.length === 0) return [];
  if (advisories === undefined)
    return files.map(({ path, packages }) =>
      unknown(
        `The ${packages.length} packages of ${path} were not looked up in any advisories.`,
        [{ kind: 'command', text: 'npx --no-install bulwark audit --advisories <folder with an OSV dump>' }],
        [{ text: path, path }],
      ),
    );
  const found = await lookUp(files, advisories);
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const { fails, opens, accepted } = await judgeLockFile(file, found, subject);
    outcomes.push(
      ...fails.map(({ summary, evidence, fix }) => fail(summary, evidence, fix)),
      ...opens.map(({ summary, evidence, fix }) => unknown(summary, fix, evidence)),
    );
    if (fails.length === 0 && opens.length === 0)
      outcomes.push(
        pass(passes(file.path, file.packages.length, found.asOf(file.ecosystem)), [
          {
            text: `${file.packages.length} packages in ${file.path}, looked up in ${advisories.name}`,
            path: file.path,
          },
          ...accepted,
        ]),
      );
  }
  return outcomes;
}

function passes(path: string, count: number, asOf: string | undefined): string {
  const day = asOf === undefined ? '' : ` by advisories of ${asOf}`;
  return `None of the ${count} packages of ${path} has a known vulnerability that was not accepted${day}.`;
}
