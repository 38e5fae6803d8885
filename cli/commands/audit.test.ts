import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formats } from '../audit/report/writers.ts';
import { repositoryFolders } from '../scan/testing/folder.ts';
import { auditCommand } from './audit.ts';

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

  it('offers every format', () => {
    const option = auditCommand().options.find(({ long }) => long === '--format');
    expect(option?.argChoices).toEqual([...formats, 'cyclonedx']);
  });
});
