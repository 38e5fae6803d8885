import { describe, expect, it } from 'vitest';
import { repositoryFolders } from '../../../../scan/testing/folder.ts';
import { check } from '../../../checks/dependencies/known-vulnerabilities/check.ts';
import { type AuditOptions, runAuditCommand } from '../../../run-command.ts';

const lay = repositoryFolders();

const project = {
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { lodash: '^4.17.0' } },
      'node_modules/lodash': {
        version: '4.17.20',
        resolved: 'https://registry.npmjs.org/lodash/-/lodash-4.17.20.tgz',
      },
    },
  }),
};

function dump(version: string, modified: string): string {
  const record = {
    id: 'A-1',
    modified,
    affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, versions: [version] }],
  };
  return lay({ 'npm/A-1.json': JSON.stringify(record) }).path;
}

async function exit(options: Partial<AuditOptions>): Promise<number> {
  const folder = lay(project).path;
  const all: AuditOptions = {
    ...{ folder, format: 'text', failOn: 'fail', updateBaseline: false, only: [], skip: [] },
    ...options,
  };
  const around = { cwd: folder, version: '0', color: false, today: '2026-12-01', checks: [check] };
  return (await runAuditCommand(all, around)).exitCode;
}

describe('the exit code', () => {
  it('is 0 without advisories, and with those that know nothing of a package', async () => {
    expect(await exit({})).toBe(0);
    expect(await exit({ advisories: dump('4.17.19', '2026-11-30') })).toBe(0);
  });

  it('is 3 if the advisories that were named are missing or old', async () => {
    expect(await exit({ advisories: 'nowhere' })).toBe(3);
    expect(await exit({ advisories: dump('4.17.19', '2026-10-30') })).toBe(3);
    expect(await exit({ advisories: dump('4.17.19', '2026-10-30'), failOn: 'never' })).toBe(3);
    expect(await exit({ advisories: dump('4.17.19', '2026-10-30'), advisoriesAge: '40' })).toBe(0);
  });

  it('is 1 if something fails, or is unknown as --fail-on says', { timeout: 120_000 }, async () => {
    expect(await exit({ advisories: dump('4.17.20', '2026-10-30') })).toBe(1);
    expect(await exit({ advisories: 'nowhere', failOn: 'unknown' })).toBe(1);
  });

  it('comes with a mistake for an age that is no number', async () => {
    await expect(exit({ advisoriesAge: 'a week' })).rejects.toMatchObject({ code: 'audit/advisories' });
    await expect(exit({ decisions: 'nowhere.toml' })).rejects.toMatchObject({ code: 'audit/decisions' });
  });
});
