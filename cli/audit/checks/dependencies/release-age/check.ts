/**
 * Looks at whether the package manager waits before it installs a version that was just published: `min-release-age` of npm,
 * `minimumReleaseAge` of pnpm and bun, `npmMinimalAgeGate` of yarn 4, `exclude-newer` of uv.
 *
 * ## Why
 * Most malicious versions are found and withdrawn within days. Who waits that long never installs them.
 *
 * ## Passes
 * The settings beside the lock file name an age of more than zero.
 *
 * ## Fails
 * The age is zero, or it is not set for npm, bun or uv, which then take what was published a minute ago.
 *
 * ## Unknown
 * The age is not set for pnpm or yarn 4, of which it depends on the version whether they wait; the manager has no such setting; or it
 * could not be read.
 *
 * ## How to fix
 * npm 11.10 and later: `min-release-age=7` (days) in `.npmrc`. pnpm 10.16: `minimumReleaseAge: 10080` (minutes) in
 * `pnpm-workspace.yaml`. Yarn 4.10: `npmMinimalAgeGate: 10080` (minutes) in `.yarnrc.yml`. Bun 1.3: `minimumReleaseAge = 604800`
 * (seconds) below `[install]` in `bunfig.toml`. uv: `exclude-newer = "7 days"` below `[tool.uv]` in `pyproject.toml`.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { settingLine } from '../../../dependencies/judge/setting-line.ts';
import type { LockFile, LockKind } from '../../../dependencies/package-graph.ts';
import { lockFiles } from '../../../dependencies/read/read-lock-files.ts';
import { folderOf, inside } from '../../../files/own-folder.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'dependencies/release-age',
  aspect: 'dependencies/locked',
  title: 'Versions that were just published are not installed.',
  why: 'A malicious version is installed in the hours before somebody finds it.',
  severity: 'low',
  cwe: [1357],
  asvs: ['15.2.4'],
  weight: 'note',
  run: (subject) =>
    lockFiles(subject)
      .filter(({ packages }) => packages.length > 0)
      .map((lock) => judge(lock, subject)),
};

interface Setting {
  readonly file: string;
  readonly pattern: RegExp;
  readonly line: string;
  /** Without it every version is taken. */
  readonly isNeeded: boolean;
}

const settings: Partial<Record<LockKind, readonly Setting[]>> = {
  'package-lock': [
    {
      file: '.npmrc',
      pattern: /^\s*min-release-age\s*=\s*(.*?)\s*$/,
      line: 'min-release-age=7',
      isNeeded: true,
    },
  ],
  'pnpm-lock': [
    {
      file: 'pnpm-workspace.yaml',
      pattern: /^minimumReleaseAge:\s*(.*?)\s*$/,
      line: 'minimumReleaseAge: 10080',
      isNeeded: false,
    },
  ],
  'yarn-berry': [
    {
      file: '.yarnrc.yml',
      pattern: /^npmMinimalAgeGate:\s*(.*?)\s*$/,
      line: 'npmMinimalAgeGate: 10080',
      isNeeded: false,
    },
  ],
  'bun-lock': [
    {
      file: 'bunfig.toml',
      pattern: /^\s*minimumReleaseAge\s*=\s*(.*?)\s*$/,
      line: 'minimumReleaseAge = 604800',
      isNeeded: true,
    },
  ],
  'uv-lock': [
    {
      file: 'pyproject.toml',
      pattern: /^\s*exclude-newer\s*=\s*(.*?)\s*$/,
      line: 'exclude-newer = "7 days"',
      isNeeded: true,
    },
    {
      file: 'uv.toml',
      pattern: /^\s*exclude-newer\s*=\s*(.*?)\s*$/,
      line: 'exclude-newer = "7 days"',
      isNeeded: true,
    },
  ],
};

function judge(lock: LockFile, subject: Subject): Outcome {
  const here = [{ text: lock.path, path: lock.path, line: 1 }];
  const known = settings[lock.kind];
  const [first] = known ?? [];
  if (known === undefined || first === undefined)
    return unknown(
      `The manager of ${lock.path} has no known setting for the age of a version.`,
      'Let the bot that proposes updates wait: `cooldown` of Dependabot, `minimumReleaseAge` of Renovate.',
      here,
    );
  const file = inside(folderOf(lock.path), first.file);
  const fix = `Write \`${first.line}\` into ${file}.`;
  for (const one of known) {
    const found = settingLine(subject, inside(folderOf(lock.path), one.file), one.pattern);
    if (found === undefined) continue;
    if (/^(?:0\w*|""|null|false)$/.test(found.value))
      return fail('The age that a version must have is set to zero.', [found.evidence], fix);
    // `7`, `7d`, `P7D`, `1 week`, `2026-11-01T00:00:00Z`
    return /^P?[1-9]\d*/.test(found.value)
      ? pass('A version must have an age before it is installed.', [found.evidence])
      : unknown('The age that a version must have could not be read.', fix, [found.evidence]);
  }
  return first.isNeeded
    ? fail(`No age is set that a version must have before ${lock.path} takes it.`, here, fix)
    : unknown(
        `No age is set that a version must have before ${lock.path} takes it: the default depends on the version.`,
        fix,
        here,
      );
}
