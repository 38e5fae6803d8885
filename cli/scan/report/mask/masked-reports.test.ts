import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formats } from '../../../finding/writers.ts';
import { changeText } from '../../incremental/watch/change-text.ts';
import { judgedScan } from '../../incremental/watch/judged-scan.ts';
import { openLiveProject } from '../../incremental/watch/live-project.ts';
import { loadEngine } from '../../load-engine.ts';
import { type RunOptions, runScan } from '../../run-scan.ts';
import { createFolder } from '../../testing/folder.ts';

/** In parts, so that no file of the repository holds a whole key. */
const github = `ghp_${'aZ3kQ9xW1bN7mR5tY2cV8dL4sF6gH0jKpTuE'}`;
const secrets = [
  github,
  'N7wBe5uHz4LaRk',
  'e7b1d4c92fa8430b9d65c1e08f7a2d34',
  'Zk93mQ2xPp',
  'xyloph quaggaz vxeed',
  'W3akQuux77zq',
  'h4Tn8wK2cVx6PqZ9rJm3LsB7',
  'm5Yt1gH8sKd3WnQ7vXz2',
  'ZQ4mK8vT2xLp',
];

const folder = createFolder({
  'package.json': '{ "dependencies": { "pg": "8", "express": "4", "bulwark": "1" } }',
  'src/app.js': `import express from 'express';
import session from 'express-session';
import jwt from 'jsonwebtoken';
import pg from 'pg';
const app = express();
const pool = new pg.Pool({ user: 'app', password: 'N7wBe5uHz4LaRk' });
app.get('/a', (req, res) => pool.query("select * from t where n = '" + req.query.n + "' and k = '${github}'"));
const token = '${github}';
app.use(session({ secret: 'e7b1d4c92fa8430b9d65c1e08f7a2d34' }));
app.get('/b', (req, res) => res.send(jwt.sign({ a: 1 }, 'xyloph quaggaz vxeed')));
const apiSecret = process.env.API_SECRET || 'W3akQuux77zq';
app.get('/c', (req, res) => res.send('<b>' + req.query.n + 'postgres://app:Zk93mQ2xPp@db.shop.io/a'));
// bulwark-ignore secret/hard-coded: the key ${github} is known
const privateKey = '${github}';
app.listen(3000);
`,
  'src/test/login.test.js': "const password = 'ZQ4mK8vT2xLp';\n",
  'app.py':
    'from flask import Flask\napp = Flask(__name__)\napp.secret_key = "m5Yt1gH8sKd3WnQ7vXz2"\napp.run(debug=True)\n',
  'deploy/production.env': 'PORT=1\nDB_PASSWORD=N7wBe5uHz4LaRk\nMAIL_API_KEY=h4Tn8wK2cVx6PqZ9rJm3LsB7\n',
});
const git = (...args: string[]): unknown => execFileSync('git', args, { cwd: folder.path, stdio: 'pipe' });
git('init', '-q', '-b', 'main');
afterAll(() => folder.remove());

async function run(options: Partial<RunOptions>): Promise<string> {
  const plain: RunOptions = { paths: [], format: 'text', only: [], skip: [], updateBaseline: false };
  const engine = await loadEngine();
  const around = { version: '0', today: '2027-01-01', color: false, progress: () => undefined };
  const { stdout, stderr } = await runScan(
    { ...plain, minConfidence: 'low', ...options },
    { engine, cwd: folder.path, ...around },
  );
  return stdout + stderr;
}

/** The longest part of any secret that a text shows, and which it is. */
function leak(text: string): string {
  const plain = text.replaceAll('\\"', '"');
  for (const secret of secrets) {
    for (let at = 0; at + 5 <= secret.length; at++) {
      const part = secret.slice(at, at + 5);
      if (plain.includes(part)) return `${part} of ${secret}`;
    }
  }
  return '';
}

describe('a report', () => {
  it.each(formats)('shows no secret as %s, with all rules', async (format) => {
    const text = await run({ format });
    expect(leak(text)).toBe('');
    expect(text).toContain('secret/hard-coded');
    expect(text).toContain('secret/in-file');
  });

  it.each(['text', 'html', 'sarif', 'junit'] as const)(
    'shows none as %s beside findings of other rules',
    async (format) => {
      const text = await run({ format, only: ['sql/*', 'xss/*', 'config/*', 'cookie/*'] });
      expect(text).toContain('sql/injection');
      expect(leak(text)).toBe('');
    },
  );

  it('shows code without secrets as it is', async () => {
    const text = await run({});
    expect(text).toContain('pool.query("select * from t where n = \'" + req.query.n + "\' and k = \'');
    expect(text).toContain("const token = 'ghp_************************************';");
    expect(text).toContain('app.run(debug=True)');
  });

  it('shows none in the diff of fixes, and says so', async () => {
    const text = await run({ fix: 'show' });
    expect(text).toContain('--- a/');
    expect(leak(text)).toBe('');
    expect(text).toContain('Secrets in the diff are masked');
  });

  it('writes fixed files with their secrets as they were', async () => {
    const before = readFileSync(join(folder.path, 'src/app.js'), 'utf8');
    expect(leak(await run({ fix: 'write' }))).toBe('');
    const after = readFileSync(join(folder.path, 'src/app.js'), 'utf8');
    expect(after).not.toBe(before);
    for (const secret of secrets) expect(after.includes(secret)).toBe(before.includes(secret));
    expect(after).not.toContain('****');
    folder.write({ 'src/app.js': before });
  });

  it('shows none in a baseline, which hides the findings again', async () => {
    const baseline = 'base.json';
    await run({ updateBaseline: true, baseline });
    expect(leak(readFileSync(join(folder.path, baseline), 'utf8'))).toBe('');
    expect(await run({ baseline })).toContain('No findings');
    const before = readFileSync(join(folder.path, 'src/app.js'), 'utf8');
    folder.write({ 'src/app.js': `\n\n${before}` });
    expect(await run({ baseline })).toContain('No findings');
    folder.write({ 'src/app.js': before.replace('N7wBe5uHz4LaRk', 'Xp3kQ9xW1bN7mR') });
    expect(await run({ baseline, only: ['secret/hard-coded'] })).toContain('1 finding');
    folder.write({ 'src/app.js': before });
  });

  it('shows none in watch mode, where fixes still get the real text', async () => {
    const engine = await loadEngine();
    const live = await openLiveProject({
      cwd: folder.path,
      options: { paths: [], only: [], skip: [], minConfidence: 'low' },
    });
    const scan = await judgedScan({
      engine,
      root: live.root,
      project: live.project,
      config: live.config,
      unsaved: new Map(),
      today: '2027-01-01',
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    const report = { version: '0', ...scan };
    const text = changeText({ ...report, findings: [] }, report, { color: false });
    expect(text).toContain('secret/hard-coded');
    expect(leak(text)).toBe('');
    expect(scan.texts('src/app.js')).toContain('N7wBe5uHz4LaRk');
  });
});
