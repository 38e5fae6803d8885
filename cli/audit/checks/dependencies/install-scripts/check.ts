/**
 * Looks at the packages of npm that run a script when they are installed (`hasInstallScript` of `package-lock.json`), and at what keeps
 * them from it: npm 12 and its `allowScripts`, `ignore-scripts` in `.npmrc`, `enableScripts` in `.yarnrc.yml`.
 *
 * ## Why
 * A script of a package that was taken over runs on every machine that installs it, with the rights and secrets of the developer or of CI.
 *
 * ## Passes
 * No package has such a script, the settings switch all of them off, or `devEngines` requires npm 12 or later, which runs only those
 * that `allowScripts` lists.
 *
 * ## Fails
 * `dangerously-allow-all-scripts` is set, or `packageManager` names an older npm, which runs all of them.
 *
 * ## Unknown
 * Packages have scripts, and nothing requires a version of npm (`packageManager` alone does not); or the lock file does not say which
 * packages have one.
 *
 * ## How to fix
 * Write `ignore-scripts=true` into `.npmrc`; or require npm 12 in `devEngines`, and run `npm approve-scripts` for what needs its script.
 */
import { minVersion, validRange } from 'semver';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { judgeLocks, placeOf, shown } from '../../../dependencies/judge/judge-locks.ts';
import { settingLine } from '../../../dependencies/judge/setting-line.ts';
import type { LockFile } from '../../../dependencies/package-graph.ts';
import { mapAt, textAt, valueAt } from '../../../dependencies/read/kit/values.ts';
import { parsedManifest } from '../../../dependencies/read/npm/node-workspace.ts';
import { folderOf, inside } from '../../../files/own-folder.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'dependencies/install-scripts',
  aspect: 'dependencies/locked',
  title: 'No package runs a script when it is installed that nobody approved.',
  why: 'A package that was taken over runs its code on every machine that installs it.',
  severity: 'medium',
  cwe: [829],
  asvs: ['15.2.4'],
  weight: 'note',
  run: (subject) =>
    judgeLocks(
      subject,
      (lock) => (lock.ecosystem === 'npm' ? judge(lock, subject) : []),
      ({ path, ecosystem }) =>
        ecosystem === 'npm'
          ? `No package of ${path} runs a script when it is installed.`
          : `${path} is not a lock file of npm packages.`,
    ).filter(({ summary }) => !summary.endsWith('is not a lock file of npm packages.')),
};

const fix =
  'Write `ignore-scripts=true` into .npmrc; or require npm 12 in `devEngines`, and run `npm approve-scripts` for what needs its script.';

function judge(lock: LockFile, subject: Subject): readonly Outcome[] {
  if (lock.packages.length === 0) return [];
  const folder = folderOf(lock.path);
  const npmrc = inside(folder, '.npmrc');
  const all = settingLine(subject, npmrc, /^\s*dangerously-allow-all-scripts\s*=\s*(.*?)\s*$/);
  if (all?.value === 'true')
    return [fail(`${npmrc} lets every package run its install script.`, [all.evidence], fix)];
  const off =
    lock.kind === 'yarn-berry'
      ? settingLine(subject, inside(folder, '.yarnrc.yml'), /^enableScripts:\s*(.*?)\s*$/)
      : settingLine(subject, npmrc, /^\s*ignore-scripts\s*=\s*(.*?)\s*$/);
  if (
    off?.value === (lock.kind === 'yarn-berry' ? 'false' : 'true') &&
    lock.kind !== 'yarn-1' &&
    lock.kind !== 'bun-lock'
  )
    return [pass('No install script runs, because the settings switch them off.', [off.evidence])];
  const scripted = lock.packages.filter(
    ({ hasInstallScript, source }) => hasInstallScript === true && source.kind !== 'workspace',
  );
  const isSaid = lock.packages.some(({ hasInstallScript }) => hasInstallScript !== undefined);
  if (!isSaid)
    return [
      unknown(`${lock.path} does not say which packages run a script when they are installed.`, fix, [
        { text: lock.path, path: lock.path, line: 1 },
      ]),
    ];
  const [first] = scripted;
  if (first === undefined) return [];
  const evidence = scripted.slice(0, 10).map((one) => placeOf(one));
  const more = scripted.length === 1 ? '' : ` and ${scripted.length - 1} more`;
  const manifest = inside(folder, 'package.json');
  const required = requiresNewNpm(subject.read(manifest));
  const line = settingLine(subject, manifest, /("devEngines")/);
  if (required && line !== undefined && lock.kind === 'package-lock')
    return [
      pass(`${manifest} requires npm 12 or later, which runs only the install scripts that it allows.`, [
        line.evidence,
      ]),
    ];
  const npm = settingLine(subject, manifest, /"packageManager"\s*:\s*"npm@(\d+)[^"]*"/);
  if (npm !== undefined && lock.kind === 'package-lock' && Number(npm.value) < 12)
    return [
      fail(
        `${shown(first)}${more} runs a script when installed, and npm ${npm.value} runs all of them.`,
        [npm.evidence, ...evidence],
        fix,
      ),
    ];
  return [
    unknown(
      `${shown(first)}${more} can run a script when installed: it depends on which version installs them.`,
      fix,
      evidence,
    ),
  ];
}

/** https://docs.npmjs.com/cli/configuring-npm/package-json#devengines: without `onFail` another version is an error. */
function requiresNewNpm(text: string | undefined): boolean {
  const wanted = valueAt(mapAt(parsedManifest(text), 'devEngines'), 'packageManager');
  const onFail = valueAt(wanted, 'onFail');
  const range = validRange(textAt(wanted, 'version') ?? '');
  return (
    textAt(wanted, 'name') === 'npm' &&
    (onFail === undefined || onFail === 'error') &&
    range !== null &&
    range !== '' &&
    (minVersion(range)?.major ?? 0) >= 12
  );
}
