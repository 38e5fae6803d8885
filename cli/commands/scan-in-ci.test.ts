import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { languageIdOf } from '../scan/project/path-kind.ts';
import { settingsFormat } from '../scan/project/settings-format.ts';
import { createFolder } from '../scan/testing/folder.ts';
import { wordEngine } from '../scan/testing/word-engine.ts';
import { readVersion } from '../version.ts';
import { scanCommand } from './scan.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const files = ['.pre-commit-hooks.yaml', 'action.yml', 'templates/bulwark-scan.gitlab-ci.yml'];
const known = scanCommand(async () => wordEngine).options.map(({ long }) => long);

const folder = createFolder({});
afterAll(() => folder.remove());

describe('what runs the scan elsewhere', () => {
  it.each(files)('uses only options that exist: %s', (file) => {
    const text = read(file);
    expect(() => parse(text)).not.toThrow();
    const lines = text.split('\n').filter((line) => /bulwark"? scan |options/.test(line));
    const used = lines.flatMap((line) =>
      [...line.matchAll(/ "?\(?"?(--[a-z-]+)[= ]/g)].map(([, name]) => name),
    );
    expect(used.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('names the tag of this version', () => {
    expect(read('templates/bulwark-scan.gitlab-ci.yml')).toContain(`BULWARK_TAG: v${readVersion()}\n`);
  });
});

describe('the hook of pre-commit', () => {
  const [hook] = parse(read('.pre-commit-hooks.yaml'));

  it('is built from the repository at its tag, with the Node that is installed', () => {
    expect(hook).toMatchObject({ language: 'node', language_version: 'system' });
    expect(hook.entry).toMatch(/^bulwark scan /);
  });

  it.each(['a.ts', 'b/c.mjs', 'a.py', 'a.vue', 'a.jinja2', 'a.htm', 'a.tsx'])('looks at %s', (name) => {
    expect(languageIdOf(name)).toBeDefined();
    expect(name).toMatch(new RegExp(hook.files));
  });

  it.each(['.env', 'a/.env.production', 'config/a.json', '.npmrc', 'compose.yml'])('looks at %s', (name) => {
    expect(settingsFormat(name)).toBeDefined();
    expect(name).toMatch(new RegExp(hook.files));
  });

  it.each(['a.md', 'a.pyc', 'ts'])('does not look at %s', (name) => {
    expect(name).not.toMatch(new RegExp(hook.files));
  });
});

describe('the action of GitHub', () => {
  const { runs, inputs } = parse(read('action.yml'));
  const [, scan] = runs.steps;

  it('never pastes an input into a script', () => {
    for (const { run } of runs.steps) expect(run).not.toContain('${' + '{');
    const used = [...JSON.stringify(runs).matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name);
    expect([...used].sort()).toEqual(Object.keys(inputs).sort());
  });

  it('hands inputs over as they are, and ends as the scan does', () => {
    const program =
      "process.stdout.write(process.argv.slice(2).map((a) => '<' + a + '>').join('')); process.exitCode = 1;\n";
    folder.write({ 'package.json': '{"type":"module"}', 'cli/bin/bulwark.js': program });
    const given = {
      ...Object.fromEntries(Object.keys(scan.env).map((name) => [name, ''])),
      GITHUB_ACTION_PATH: folder.path,
    };
    const env = {
      ...process.env,
      ...given,
      BULWARK_FORMAT: 'sarif',
      BULWARK_PATHS: 'a b\n$(id)\n',
      BULWARK_DIFF: '-x y',
    };
    const run = (): string =>
      execFileSync('bash', ['-e', '-o', 'pipefail', '-c', scan.run], { env, encoding: 'utf8' });
    expect(run).toThrow(
      expect.objectContaining({ status: 1, stdout: '<scan><--format=sarif><--diff=-x y><--><a b><$(id)>' }),
    );
  });
});

describe('the template of GitLab', () => {
  it('keeps the report whatever was found, and fails where the scan could not run', () => {
    const { bulwark_sast: job } = parse(read('templates/bulwark-scan.gitlab-ci.yml'));
    expect(job.allow_failure).toEqual({ exit_codes: 1 });
    expect(job.artifacts).toMatchObject({ when: 'always', reports: { sast: 'gl-sast-report.json' } });
    expect(job.script.every((line: unknown) => typeof line === 'string')).toBe(true);
  });
});
