import { execFileSync } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadEngine } from '../load-engine.ts';
import { type RunOptions, runScan } from '../run-scan.ts';
import { createFolder, type Folder, repositoryFolders } from '../testing/folder.ts';

const folderOf = repositoryFolders();
const app = `import express from 'express';
const app = express();
app.get('/', (req, res) => {
  try {
    res.redirect(req.query.to);
  } catch (error) {
    res.status(500).send(error.stack);
  }
});
app.get('/b', (req, res) => {
  load().catch((error) => res.json({ error: error.stack }));
});
`;

async function scan(folder: Folder, more: Partial<RunOptions> = {}) {
  const options: RunOptions = {
    paths: [],
    format: 'json',
    config: false,
    only: [],
    skip: [],
    updateBaseline: false,
    ...more,
  };
  const engine = await loadEngine();
  const around = { engine, cwd: folder.path, version: '0', today: '2027-01-01', color: false };
  const { stdout, exitCode } = await runScan(options, { ...around, progress: () => undefined });
  const { findings, notices } = JSON.parse(stdout) as {
    findings: { rule: string; place: { line: number } }[];
    notices: { code: string; message: string; place?: { line: number } }[];
  };
  return {
    exitCode,
    found: findings.map(({ rule, place }) => `${rule}:${place.line}`),
    advice: notices.filter(({ code }) => code === 'scan/hardening'),
    codes: notices.map(({ code }) => code),
  };
}

describe('hardening advice', () => {
  const folder = folderOf({ 'app.js': app });

  it('is summed up, and not counted', async () => {
    const { found, advice } = await scan(folder);
    expect(found).toEqual(['redirect/open:5']);
    expect(advice.map(({ message, place }) => [message, place?.line])).toEqual([
      ['error/leak: Error details sent to the client. 2 places, of which this is the first.', 7],
      ['This is advice, and does not count as findings. --hardening reports each place.', undefined],
    ]);
    const calm = await scan(folder, { skip: ['redirect/open'] });
    expect(calm.exitCode).toBe(0);
    expect(calm.advice).toHaveLength(2);
  });

  it('is reported where it is asked for', async () => {
    const all = ['redirect/open:5', 'error/leak:7', 'error/leak:11'];
    expect(await scan(folder, { hardening: true })).toMatchObject({ found: all, advice: [] });
    for (const only of ['error/leak', 'error/*']) {
      const { found, advice } = await scan(folder, { only: [only] });
      expect(found).toEqual(all.slice(1));
      expect(advice).toEqual([]);
    }
    const configured = folderOf({ 'app.js': app, 'bulwark.config.yaml': 'scan: { hardening: show }\n' });
    expect((await scan(configured, { config: undefined })).found).toEqual(all);
  });

  it('is silent where there is none, or below the least severity', async () => {
    expect((await scan(folderOf({ 'a.js': 'x()\n' }))).advice).toEqual([]);
    expect((await scan(folder, { minSeverity: 'high' })).advice).toEqual([]);
  });

  it('keeps its entries of a baseline that was taken with it', async () => {
    const kept = folderOf({ 'app.js': app });
    const baseline = `${kept.path}/b.json`;
    await scan(kept, { hardening: true, updateBaseline: true, baseline });
    const now = await scan(kept, { baseline });
    expect([now.found, now.codes.includes('scan/vanished'), now.advice]).toEqual([[], false, []]);
    await scan(kept, { updateBaseline: true, baseline });
    expect((await scan(kept, { hardening: true, baseline })).found).toEqual([]);
    kept.write({ 'more.js': app });
    expect((await scan(kept, { baseline })).advice[0]?.message).toContain('2 places');
  });

  it('is left out of what a branch adds', async () => {
    const branch = createFolder({});
    onTestFinished(branch.remove);
    const git = (...args: string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
        cwd: branch.path,
        stdio: 'pipe',
      });
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'first');
    branch.write({ 'app.js': app });
    expect(await scan(branch, { diff: 'HEAD' })).toMatchObject({ found: ['redirect/open:5'], advice: [] });
    const { found } = await scan(branch, { diff: 'HEAD', hardening: true });
    expect(found).toHaveLength(3);
  });
});
