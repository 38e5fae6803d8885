/**
 * Looks at each manifest of the project: `package.json`, requirements files, `pyproject.toml`, `Pipfile`, `setup.py` and `setup.cfg`.
 * Those of tests, examples and documentation are left out.
 *
 * ## Why
 * Without a lock file an installation takes whatever version is the newest at that hour, also one that an attacker has just published.
 *
 * ## Passes
 * Each manifest has a lock file under version control, beside it or at the root of its workspace; or a requirements file has exact
 * versions with hashes.
 *
 * ## Fails
 * A manifest has version ranges and no lock file.
 *
 * ## Unknown
 * There is no manifest, one could not be parsed, versions are exact but have no hashes (what they need in turn is not fixed), or the
 * lock file doesn't name a dependency of the manifest.
 *
 * ## How to fix
 * Commit `package-lock.json`, and install with `npm ci`. In Python commit `uv.lock` or `poetry.lock`, or write the requirements with
 * `pip-compile --generate-hashes`, and install with `pip install --require-hashes -r requirements.txt`.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type PackageManifest, packageManifests } from '../../../files/node-manifests.ts';
import { type PythonManifest, pythonManifests } from '../../../files/python-manifests.ts';
import { missingFromLock } from '../../../files/stale-lock.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'process/locked',
  aspect: 'dependencies/locked',
  title: 'Every manifest has a lock file, or exact versions with hashes.',
  why: 'An installation takes other versions than those that were tested, and with them what an attacker publishes.',
  severity: 'medium',
  cwe: [494, 1357],
  asvs: ['15.2.4'],
  run: (subject) => [
    ...packageManifests(subject).map((manifest) => ofPackage(manifest, subject)),
    ...pythonManifests(subject).map(ofPython),
  ],
};

function ofPackage(manifest: PackageManifest, subject: Subject): Outcome {
  const { path, dependencies, lock, problem } = manifest;
  const evidence = [{ text: path, path, line: 1 }];
  if (problem !== undefined)
    return unknown(`${path} ${problem}.`, 'Correct the file, and commit its lock file.', evidence);
  if (lock !== undefined) {
    const missing = missingFromLock(manifest, subject.read(lock));
    if (missing === undefined)
      return pass(`${path} has the lock file ${lock}.`, [...evidence, { text: lock, path: lock }]);
    return unknown(
      `The lock file ${lock} does not name ${missing}, which ${path} needs.`,
      'Run `npm install`, and commit the lock file.',
      [...evidence, { text: lock, path: lock }],
    );
  }
  const ranged = dependencies.find(
    ({ range }) => !/^(=?\d+\.\d+\.\d+([-+][\w.-]+)?|.*#[0-9a-f]{40}|(workspace|file|link):.*)$/.test(range),
  );
  if (ranged === undefined)
    return unknown(
      `${path} has exact versions and no lock file: what they need in turn is not fixed.`,
      'Commit the lock file that `npm install` writes.',
      evidence,
    );
  const text = `"${ranged.name}": "${ranged.range}"`;
  const lines = (subject.read(path) ?? '').split('\n');
  const line = lines.findIndex((one) => one.includes(`"${ranged.name}"`)) + 1;
  return fail(
    `${path} has version ranges and no lock file.`,
    [{ text, path, line: Math.max(1, line) }],
    'Commit the lock file that `npm install` writes, take it out of `.gitignore`, and install with `npm ci`.',
  );
}

const pythonFix =
  'Commit `uv.lock` or `poetry.lock`, or write the file with `pip-compile --generate-hashes`.';

function ofPython({ path, kind, requirements, lock, problem }: PythonManifest): Outcome {
  const evidence = [{ text: path, path, line: 1 }];
  if (problem !== undefined) return unknown(`${path} ${problem}.`, pythonFix, evidence);
  if (lock === path) return pass(`${path} has exact versions with hashes.`, evidence);
  if (lock !== undefined)
    return pass(`${path} has the lock file ${lock}.`, [...evidence, { text: lock, path: lock }]);
  const open = requirements.find(({ isExact }) => !isExact);
  if ((kind === 'requirements' || kind === 'setup') && open === undefined) {
    return unknown(
      `${path} has exact versions without hashes: what they need in turn is not fixed, nor what the index sends.`,
      pythonFix,
      evidence,
    );
  }
  const text = open?.text ?? path;
  return fail(
    `${path} has version ranges and no lock file.`,
    [{ text, path, line: open?.line ?? 1 }],
    pythonFix,
  );
}
