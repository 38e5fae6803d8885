import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../../checks/machine/missing.ts';
import { createFolder } from '../../../scan/testing/folder.ts';
import type { Outcome } from '../../check/outcome.ts';
import { runCheck } from '../../check/run-check.ts';
import { deployProjects } from '../../python/testing/deploy-projects.ts';
import { openSubject } from '../../subject/open-subject.ts';
import { caseDay } from '../../testing/expect-cases.ts';
import { djangoChecks } from './all.ts';

// Django 4.2 has these. That of each is found in a project that has it, and Django itself is asked the same.
const ids = [
  ...['W001', 'W002', 'W003', 'W004', 'W005', 'W006', 'W008', 'W009', 'W010', 'W011', 'W012', 'W013', 'W014'],
  ...['W015', 'W016', 'W018', 'W019', 'W020', 'W021', 'W022', 'W025', 'E023', 'E024', 'E101', 'E102'],
].map((id) => `security.${id}`);

/** The ids that Django gives. It runs without a network. */
function deployCheck(folder: string, variables: Readonly<Record<string, string>>): string[] {
  const command = ['-n', '/usr/bin/python3', 'manage.py', 'check', '--deploy', '--tag', 'security'];
  const { stdout, stderr } = spawnSync('unshare', [...command, '--fail-level', 'WARNING'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: {
      PATH: process.env['PATH'] ?? '',
      PYTHONPATH: process.env['PYTHONPATH'] ?? '',
      PYTHONDONTWRITEBYTECODE: '1',
      ...variables,
    },
  });
  expect(`${stdout}${stderr}`).toMatch(/System check identified/);
  return idsIn(stderr);
}

function idsIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\((security\.[EW]\d{3})\)/g)].map(([, id = '']) => id))].sort();
}

interface Answer {
  readonly failed: readonly string[];
  /** Ids of the checks that are unknown. */
  readonly open: readonly string[];
}

async function audit(folder: string): Promise<Answer> {
  const subject = openSubject(folder, { today: caseDay });
  const outcomes: (readonly [readonly string[], Outcome])[] = [];
  for (const check of djangoChecks) {
    for (const outcome of await runCheck(check, subject)) outcomes.push([check.django ?? [], outcome]);
  }
  const failed = outcomes.filter(([, { verdict }]) => verdict === 'fail');
  const open = outcomes.filter(([, { verdict }]) => verdict === 'unknown');
  return {
    failed: idsIn(failed.map(([, { summary }]) => summary).join('\n')),
    open: open.flatMap(([all]) => all).sort(),
  };
}

it('has a project for each id, and a check that names it', () => {
  expect(ids).toHaveLength(25);
  const named = new Set(djangoChecks.flatMap(({ django = [] }) => django));
  expect(ids.filter((id) => !named.has(id))).toEqual([]);
  const shown = new Set(deployProjects.flatMap((project) => project.ids));
  expect(ids.filter((id) => !shown.has(id))).toEqual([]);
});

const reason = missing('django');
describe.skipIf(reason)(`beside manage.py check --deploy${reason ? `: ${reason}` : ''}`, () => {
  it.each(deployProjects)('$title', async ({ files, ids: expected, open }) => {
    const folder = createFolder(files);
    try {
      const answer = await audit(folder.path);
      expect(answer.failed).toEqual([...expected].sort());
      if (!open) {
        expect(deployCheck(folder.path, {})).toEqual(answer.failed);
        expect(answer.open).toEqual([]);
        return;
      }
      expect(deployCheck(folder.path, open.with)).toEqual([...expected, ...open.ids].sort());
      expect(deployCheck(folder.path, open.without)).toEqual([...expected].sort());
      for (const id of open.ids) expect(answer.open).toContain(id);
    } finally {
      folder.remove();
    }
  });
});
