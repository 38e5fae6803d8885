import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { codes } from '../../lib/refusal/codes.ts';
import { explain } from './explain.ts';

describe('bulwark explain', () => {
  it('prints the page of a code', () => {
    const { text, exitCode } = explain('fetch/private-address');
    expect(exitCode).toBe(0);
    expect(text).toContain('# fetch/private-address\n');
    expect(text).toContain("createFetch({ hosts: 'public' })");
    expect(text).toContain('## What to do\n');
  });

  it.each(Object.keys(codes))('knows %s', (code) => {
    expect(explain(code)).toMatchObject({ exitCode: 0, text: expect.stringContaining(`# ${code}\n`) });
  });

  it('lists all codes, one a line', () => {
    const { text, exitCode } = explain(undefined);
    expect(exitCode).toBe(0);
    expect(text.trimEnd().split('\n')).toEqual(Object.keys(codes).sort());
  });

  it.each([
    ['fetch/private-adress', 'Did you mean fetch/private-address?'],
    ['private-address', 'Did you mean fetch/private-address?'],
    ['FETCH/private_address', 'Did you mean fetch/private-address?'],
    ['bulwark/', 'Did you mean bulwark/invalid-option, bulwark/report-without-end or bulwark/two-copies?'],
    ['nothing-like-it-at-all', 'Run `bulwark explain` for the list of codes.'],
    ['', 'Run `bulwark explain` for the list of codes.'],
    ['../../package', 'Run `bulwark explain` for the list of codes.'],
  ])('suggests what may have been meant by %j', (code, advice) => {
    expect(explain(code)).toEqual({ exitCode: 2, text: `There is no such code. ${advice}\n` });
  });

  it('is not kept busy by a code without end', () => {
    expect(explain('x/'.repeat(1_000_000)).exitCode).toBe(2);
  });
});

describe('the program', () => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const bulwark = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
    try {
      const result = await promisify(execFile)(process.execPath, ['--import', 'tsx', main, ...args]);
      return { code: 0, ...result };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  };

  it.each([
    [['explain', 'bulwark/two-copies'], 0, '# bulwark/two-copies', ''],
    [['explain', 'bulwark/two-copy'], 2, '', 'Did you mean bulwark/two-copies?'],
    [['--version'], 0, '0.1.0', ''],
    [['--help'], 0, 'explain', ''],
    [['explode'], 2, '', "unknown command 'explode'"],
    [['explain', '--loud'], 2, '', "unknown option '--loud'"],
    [['explain', 'a/b', 'c/d'], 2, '', 'too many arguments'],
  ])('%j ends with %i', async (args, code, stdout, stderr) => {
    const result = await bulwark(...args);
    expect(result).toMatchObject({
      code,
      stdout: expect.stringContaining(stdout),
      stderr: expect.stringContaining(stderr),
    });
    if (stderr === '') expect(result.stderr).toBe('');
  });
});
