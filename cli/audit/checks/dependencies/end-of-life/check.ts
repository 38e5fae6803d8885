/**
 * Looks at the versions of Node and Python that the last stage of a Dockerfile, `.nvmrc`, `.node-version`, `.python-version`,
 * `runtime.txt` or `.tool-versions` fixes, and at those of frameworks in lock files: Django, Wagtail, Express, Next, Nuxt, Angular,
 * Svelte, Electron, Bootstrap and jQuery. The days come from https://endoflife.date as of 2026-08-22 and ship with Bulwark.
 *
 * ## Why
 * After the end of its life a version gets no fixes, and what is found in its successors is tried on it.
 *
 * ## Passes
 * Each version that was found still gets security fixes, and a file fixes the version of the runtime.
 *
 * ## Fails
 * The last day with security fixes of a version has passed.
 *
 * ## Unknown
 * A project with lock files fixes the version of its runtime nowhere (a range such as `>=18` in a manifest fixes none), a version is
 * no number, or newer than the data.
 *
 * ## How to fix
 * Update to a version that is supported, and fix the version of the runtime in the Dockerfile or in `.nvmrc` or `.python-version`.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { endOfLifeDay } from '../../../dependencies/end-of-life/end-of-life-data.ts';
import { hasLife, lifeOf } from '../../../dependencies/end-of-life/life-of.ts';
import { runtimeVersions, type UsedVersion } from '../../../dependencies/end-of-life/runtime-versions.ts';
import type { LockFile } from '../../../dependencies/package-graph.ts';
import { lockFiles } from '../../../dependencies/read/read-lock-files.ts';
import type { Subject } from '../../../subject/subject.ts';

export const check: Check = {
  id: 'dependencies/end-of-life',
  aspect: 'dependencies/supported',
  title: 'Runtimes and frameworks still get security fixes.',
  why: 'What is found in a newer version stays open in one that gets no fixes.',
  severity: 'medium',
  cwe: [1104],
  asvs: ['15.2.1'],
  run,
};

function run(subject: Subject): readonly Outcome[] {
  const files = lockFiles(subject);
  const runtimes = runtimeVersions(subject);
  const used = [...runtimes, ...files.flatMap(frameworks)];
  return [
    ...used.map((one) => judge(one, subject.today)),
    ...files.filter((file) => !runtimes.some(({ product }) => product === runtimeOf(file))).map(noRuntime),
  ];
}

function runtimeOf({ ecosystem }: LockFile): string {
  return ecosystem === 'npm' ? 'node' : 'python';
}

function frameworks({ packages }: LockFile): readonly UsedVersion[] {
  return packages
    .filter(({ ecosystem, name, source }) => source.kind === 'registry' && hasLife(`${ecosystem}/${name}`))
    .map(({ ecosystem, name, version, path, line }) => ({
      product: `${ecosystem}/${name}`,
      version,
      path,
      line,
    }));
}

function judge({ product, version, path, line }: UsedVersion, today: string): Outcome {
  const name = product.replace(/^(?:npm|PyPI)\//, '');
  const evidence = [{ text: `${name} ${version ?? 'without a version'}`, path, line }];
  const { state, cycle, until } = lifeOf(product, version ?? '', today);
  if (state === 'ended')
    return fail(
      `${name} ${cycle} has got no security fixes ${until === undefined ? 'for years' : `since ${until}`}.`,
      evidence,
      `Update ${name} to a version that is supported: https://endoflife.date lists them.`,
    );
  if (state === 'supported')
    return pass(
      `${name} ${cycle} gets security fixes${until === undefined ? '' : ` until ${until}`}, as known on ${endOfLifeDay}.`,
      evidence,
    );
  return unknown(
    `How long this version of ${name} gets security fixes was not known on ${endOfLifeDay}.`,
    'Fix a version by its number, or look it up at https://endoflife.date.',
    evidence,
  );
}

function noRuntime(file: LockFile): Outcome {
  const name = runtimeOf(file) === 'node' ? 'Node' : 'Python';
  return unknown(
    `No file fixes the version of ${name} that runs the packages of ${file.path}.`,
    `Fix it in the Dockerfile, or in ${name === 'Node' ? '.nvmrc' : '.python-version'}.`,
    [{ text: file.path, path: file.path }],
  );
}
