import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { missingSqlite } from '../../checks/machine/sqlite.ts';
import {
  record,
  sqliteClient,
  writeAdvisoryDatabase,
} from '../audit/dependencies/advisories/testing/advisory-database.ts';
import { formats } from '../audit/report/writers.ts';
import { repositoryFolders } from '../scan/testing/folder.ts';
import { auditCommand } from './audit.ts';

const registry = {
  resolved: 'https://registry.npmjs.org/lodash/-/lodash-4.17.21.tgz',
  integrity: `sha512-${'a'.repeat(86)}==`,
};

async function bulwark(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    });
  }
  const audit = auditCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  process.exitCode = undefined;
  try {
    await new Command()
      .exitOverride()
      .addCommand(audit)
      .parseAsync(['audit', ...args], { from: 'user' });
    return { code: process.exitCode, ...said };
  } catch (error) {
    return { code: error, ...said };
  } finally {
    process.exitCode = undefined;
    vi.restoreAllMocks();
  }
}

afterEach(() => vi.restoreAllMocks());

describe('bulwark audit', () => {
  const lay = repositoryFolders();

  it('prints a verdict for each line', async () => {
    const { path } = lay({ 'notes.txt': '' });
    const { code, stdout, stderr } = await bulwark(path, '--fail-on', 'never');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/of 21 lines pass/);
  });

  it('ends with 1 for what is unknown, if asked to', async () => {
    const { path } = lay({ 'notes.txt': '' });
    expect(await bulwark(path, '--fail-on', 'unknown', '--format', 'json')).toMatchObject({
      code: 1,
      stderr: '',
    });
  });

  it('ends with 2 if it could not run', async () => {
    expect(await bulwark('/nowhere/at/all')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^audit\/folder: .*\n {2}why: .*\n {2}do: {2}.*\n$/),
    });
  });

  it.each([[['--format', 'pdf']], [['--fail-on', 'pass']], [['--unknown']], [['a', 'b']]])(
    'refuses %j',
    async (args) => {
      expect(await bulwark(...args)).toMatchObject({
        code: { exitCode: 1 },
        stderr: expect.stringMatching(/^error: /),
      });
    },
  );

  it.skipIf(missingSqlite(sqliteClient)).each([
    ['has nothing for the package', '4.17.21', ['lodash'], 0, 'pass'],
    ['has something for the package', '4.17.20', ['lodash'], 1, 'fail'],
    ['is empty', '4.17.21', [], 3, 'unknown'],
  ])('looks up advisories in a database that %s', async (_, version, names, code, verdict) => {
    const now = new Date().toISOString();
    const lock = {
      lockfileVersion: 3,
      packages: { '': {}, 'node_modules/lodash': { version, ...registry } },
    };
    const { path } = lay({ 'package.json': '{}', 'package-lock.json': JSON.stringify(lock) });
    const folder = lay({}).path;
    const database = writeAdvisoryDatabase(
      folder,
      names.map((name, index) => record(`A-${index}`, name, now)),
      { sync: now },
    );
    const only = ['--only', 'dependencies/known-vulnerabilities', '--format', 'json'];
    const said = await bulwark(path, '--advisories', database, ...only);
    expect(said).toMatchObject({ code, stderr: '' });
    const { lines } = JSON.parse(said.stdout) as { lines: { aspects: unknown[] }[] };
    const aspects = lines.flatMap(({ aspects }) => aspects);
    expect(aspects).toContainEqual(expect.objectContaining({ id: 'dependencies/vulnerable', verdict }));
  });

  it('offers every format', () => {
    const option = auditCommand().options.find(({ long }) => long === '--format');
    expect(option?.argChoices).toEqual([...formats, 'cyclonedx']);
  });
});
