import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { languageOf } from '../scan/project/path-kind.ts';
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
  it.each(files)('is of this version, and has options that there are: %s', (file) => {
    const text = read(file);
    expect(() => parse(text)).not.toThrow();
    expect(text).toContain(readVersion());
    const lines = text.split('\n').filter((line) => /bulwark"? scan |options/.test(line));
    const used = lines.flatMap((line) =>
      [...line.matchAll(/ "?\(?"?(--[a-z-]+)[= ]/g)].map(([, name]) => name),
    );
    expect(used.filter((name) => name !== '--yes' && name !== '--package' && !known.includes(name))).toEqual(
      [],
    );
  });
});

describe('the hook of pre-commit', () => {
  const [hook] = parse(read('.pre-commit-hooks.yaml'));

  it.each(['a.ts', 'b/c.mjs', 'a.py', 'a.vue', 'a.jinja2', 'a.htm', 'a.tsx'])('looks at %s', (name) => {
    expect(languageOf(name)).toBeDefined();
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
    folder.write({ 'bulwark/node_modules/.bin/bulwark': '#!/bin/sh\nprintf "<%s>" "$@"\nexit 1\n' });
    chmodSync(join(folder.path, 'bulwark/node_modules/.bin/bulwark'), 0o755);
    const given = {
      ...Object.fromEntries(Object.keys(scan.env).map((name) => [name, ''])),
      RUNNER_TEMP: folder.path,
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
