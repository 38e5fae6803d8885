import { type Part, part } from '../plan.ts';
import type { ProjectFolder } from '../read/folder.ts';
import { cleanInstall, type PackageManager, runInstalled } from '../read/package-manager.ts';
import type { Repository } from '../read/repository.ts';
import { pinnedActions } from './pinned-actions.ts';
import { yamlChange } from './yaml-change.ts';

export type Ci = 'GitHub' | 'GitLab';

/** By its files, then by the address of the repository. */
export function ciOf(folder: ProjectFolder, repository: Repository | undefined): Ci | undefined {
  const at = repository?.folder ?? folder;
  if (at.has('.github/workflows')) return 'GitHub';
  if (at.has('.gitlab-ci.yml')) return 'GitLab';
  if (/\bgithub\.com[:/]/.test(repository?.remote ?? '')) return 'GitHub';
  if (/\bgitlab\./.test(repository?.remote ?? '')) return 'GitLab';
  return undefined;
}

/** How CI gets the command: it is installed with the project's own packages. */
export interface JobTools {
  readonly manager: PackageManager;
  readonly scan: string;
  readonly setUp: readonly string[];
}

export function jobTools(folder: ProjectFolder, manager: PackageManager): JobTools {
  const setUp = manager === 'pnpm' || manager === 'yarn' ? ['corepack enable'] : [];
  return {
    manager,
    setUp: [...setUp, cleanInstall(manager, folder)],
    scan: `${runInstalled(manager)} bulwark scan`,
  };
}

/** A job that scans. Outside of the folder nothing is written: it is shown instead. */
export function addCiJob(
  folder: ProjectFolder,
  repository: Repository | undefined,
  ci: Ci | undefined,
  tools: JobTools,
): Part {
  const root = repository?.folder ?? folder;
  if (ci === 'GitHub') return github(root, repository?.below ?? '', tools);
  if (ci === 'GitLab') return gitlab(root, repository?.below ?? '', tools);
  return part({
    snippets: [
      {
        title: 'Scan in CI',
        why: 'Neither GitHub Actions nor GitLab CI was found. Name one with --ci, or run these in a job; the scan exits with 1 if there are findings.',
        code: [...tools.setUp, tools.scan].join('\n'),
      },
    ],
  });
}

const workflow = '.github/workflows/bulwark.yml';

function github(root: ProjectFolder, below: string, tools: JobTools): Part {
  if (root.has(workflow)) return part({});
  const bun = tools.manager === 'bun' ? [`      - uses: ${pinnedActions.setupBun}`] : [];
  const text = [
    'name: bulwark',
    'on: [push, pull_request]',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  scan:',
    '    runs-on: ubuntu-latest',
    ...(below === ''
      ? []
      : ['    defaults:', '      run:', `        working-directory: ${JSON.stringify(below)}`]),
    '    steps:',
    `      - uses: ${pinnedActions.checkout}`,
    '        with:',
    '          persist-credentials: false',
    `      - uses: ${pinnedActions.setupNode}`,
    '        with:',
    '          node-version: 22',
    ...bun,
    ...tools.setUp.map((line) => `      - run: ${line}`),
    `      - run: ${tools.scan}`,
    '',
  ].join('\n');
  if (below === '') return part({ changes: [{ path: workflow, before: undefined, after: text }] });
  return part({
    snippets: [
      { title: 'Scan in CI', why: `Put it into ${workflow} at the root of the repository.`, code: text },
    ],
  });
}

const gitlabFile = '.gitlab-ci.yml';

function gitlab(root: ProjectFolder, below: string, tools: JobTools): Part {
  const before = root.read(gitlabFile);
  if (before !== undefined && /\bbulwark\b/.test(before)) return part({});
  const newline = before?.includes('\r\n') ? '\r\n' : '\n';
  const job = [
    'bulwark:',
    '  stage: test',
    '  image: node:22',
    '  script:',
    ...(below === '' ? [] : [`    - cd ${JSON.stringify(below)}`]),
    ...tools.setUp.map((line) => `    - ${line}`),
    `    - ${tools.scan}`,
    '',
  ].join(newline);
  const code = job.replaceAll('\r\n', '\n');
  const stages = /^stages:[^\n]*\n(?:[ \t]*-[^\n]*\n?)*/m.exec(before ?? '')?.[0];
  if (below !== '' || (stages !== undefined && !/\btest\b/.test(stages))) {
    const why =
      below === ''
        ? `${gitlabFile} has no stage \`test\`. Add the job to one of its stages.`
        : `Put it into ${gitlabFile} at the root of the repository.`;
    return part({ snippets: [{ title: 'Scan in CI', why, code }] });
  }
  const gap = !before ? '' : before.endsWith('\n') ? newline : newline + newline;
  if (before === undefined) return part({ changes: [{ path: gitlabFile, before, after: job }] });
  const otherwise = { title: 'Scan in CI', why: `${gitlabFile} can't be changed safely.`, code };
  return yamlChange(gitlabFile, before, before + gap + job, otherwise);
}
