/** Installs the command line from a bare repository at a tag, as npm and pre-commit do it, and runs it there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../machine/program.ts';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'bulwark-from-git-'));
const bare = join(folder, 'bulwark.git');
const app = join(folder, 'app');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...args], {
    cwd: app,
    encoding: 'utf8',
  });
const safe = 'import os\nfrom flask import request\n\n\ndef view():\n    return request.args["d"][:0]\n';
const vulnerable = safe.replace('return request.args["d"][:0]', 'os.system("ls " + request.args["d"])');

/** Seconds and megabytes, for the note of whoever runs this. */
function report(what: string, started: number, where: string): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  const megabytes = execFileSync('du', ['-sm', where], { encoding: 'utf8' }).split('\t')[0];
  console.info(`${what}: ${seconds} s, ${megabytes} MB`);
}

beforeAll(() => {
  execFileSync('git', ['clone', '--quiet', '--bare', root, bare]);
  execFileSync('git', ['-C', bare, 'tag', 'v0.1.0']);
  mkdirSync(app);
  git('init', '--quiet');
  writeFileSync(join(app, 'package.json'), '{ "private": true }\n');
});

describe('npm install from Git', () => {
  it('brings the command, built', async () => {
    const started = Date.now();
    const url = `git+file://${bare}#v0.1.0`;
    expect(await outcome(app, 'npm', ['install', '--save-dev', url])).toMatchObject({ code: 0 });
    report('npm install from Git', started, join(app, 'node_modules'));
    writeFileSync(join(app, 'a.py'), vulnerable);
    const scan = ['--no-install', 'bulwark', 'scan', 'a.py', '--format', 'json'];
    const { code, output } = await outcome(app, 'npx', scan);
    const { findings } = JSON.parse(output) as { findings: { rule: string }[] };
    expect([code, findings.map(({ rule }) => rule)]).toEqual([1, ['command/injection']]);
  });
});

const noPreCommit = findProgram('pre-commit') ? undefined : 'pre-commit is not installed';
describe.skipIf(noPreCommit)(`pre-commit${noPreCommit ? `: ${noPreCommit}` : ''}`, () => {
  const env = { PRE_COMMIT_HOME: join(folder, 'pre-commit') };
  const run = () => outcome(app, 'env', [`PRE_COMMIT_HOME=${env.PRE_COMMIT_HOME}`, 'pre-commit', 'run']);

  it('builds the hook, and lets the first commit of a repository pass', async () => {
    const hooks = `repos:\n  - repo: ${bare}\n    rev: v0.1.0\n    hooks:\n      - id: bulwark-scan\n`;
    writeFileSync(join(app, '.pre-commit-config.yaml'), hooks);
    writeFileSync(join(app, '.gitignore'), 'node_modules\n');
    writeFileSync(join(app, 'a.py'), safe);
    git('add', '.');
    const started = Date.now();
    expect(await run()).toMatchObject({ code: 0 });
    report('pre-commit', started, env.PRE_COMMIT_HOME);
    git('commit', '--quiet', '-m', 'first');
  });

  it('refuses a commit that adds a hole, and shows it', async () => {
    writeFileSync(join(app, 'a.py'), vulnerable);
    git('add', '.');
    const { code, output } = await run();
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('command/injection') });
  });
});
