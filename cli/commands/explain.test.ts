import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { codes } from '../../lib/refusal/codes.ts';
import { allChecks } from '../audit/all-checks.ts';
import { suppressionRules } from '../scan/report/suppression-rules.ts';
import { allRules } from '../scan/rules/all-rules.ts';
import { explain } from './explain.ts';

const checks = allChecks.map(({ id }) => id);
const rules = [...new Set([...allRules, ...suppressionRules].map(({ id }) => id))];

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

  it('prints the page of a rule', () => {
    const { text, exitCode } = explain(' SQL/Injection');
    expect(exitCode).toBe(0);
    expect(text).toContain('# sql/injection\n');
    expect(text).toContain("import { sql } from 'bulwark/sql';");
    expect(text).toContain('## When not to use it\n');
  });

  it.each(rules)('knows the rule %s', (rule) => {
    expect(explain(rule)).toMatchObject({ exitCode: 0, text: expect.stringContaining(`# ${rule}\n`) });
  });

  it('knows the checks of the audit', () => {
    expect(checks.filter((id) => !explain(id).text.startsWith(`# ${id}\n`))).toEqual([]);
  });

  it('lists all codes, rules and checks, one a line', () => {
    const { text, exitCode } = explain(undefined);
    expect(exitCode).toBe(0);
    expect(text.trimEnd().split('\n')).toEqual([...Object.keys(codes), ...rules, ...checks].sort());
  });

  it.each([
    ['fetch/private-adress', 'Did you mean fetch/private-address?'],
    ['private-address', 'Did you mean fetch/private-address?'],
    ['FETCH/private_address', 'Did you mean fetch/private-address?'],
    ['bulwark/', 'Did you mean bulwark/invalid-option, bulwark/report-without-end or bulwark/two-copies?'],
    ['sql/injecton', 'Did you mean sql/injection or nosql/injection?'],
    ['autoescape', 'Did you mean xss/autoescape-off?'],
    ['readme', 'Run `bulwark explain` for a list.'],
    ['nothing-like-it-at-all', 'Run `bulwark explain` for a list.'],
    ['', 'Run `bulwark explain` for a list.'],
    ['../../package', 'Run `bulwark explain` for a list.'],
  ])('suggests what may have been meant by %j', (code, advice) => {
    expect(explain(code)).toEqual({ exitCode: 2, text: `There is no such code, rule or check. ${advice}\n` });
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
    [['explain', 'xss/dom'], 0, '# xss/dom', ''],
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
