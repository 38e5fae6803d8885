import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { legitimate } from '../legitimate/requests.ts';
import { startApp } from './app-process.ts';
import { names } from './network.ts';
import { runLab } from './run-lab.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

const network = { names, ports: { metadata: 1, internal: 1, public: 1, banner: 1 } };

async function descendants(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  const pending = [pid];
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    for (const [child, of] of rows)
      if (of === parent && child) {
        pending.push(child);
        found.push(child);
      }
  }
  return found;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('an application of the lab', () => {
  it('answers only to its own host and token', async () => {
    const app = await startApp('undefended', { app: 'undefended', network, replacements: [] });
    try {
      const url = new URL(app.url);
      const status = (path: string, host: string): Promise<number | undefined> =>
        new Promise((resolve, reject) => {
          request({ host: '127.0.0.1', port: url.port, path, headers: { host } }, (res) => {
            res.resume();
            resolve(res.statusCode);
          })
            .on('error', reject)
            .end();
        });
      expect(await status(`${url.pathname}search`, url.host)).toBe(200);
      expect(await status('/search', url.host)).toBe(403);
      expect(await status(`${url.pathname}search`, 'evil.example')).toBe(403);
      expect(await status(`${url.pathname}search`, `localhost:${url.port}`)).toBe(403);
    } finally {
      await app.stop();
    }
  });
});

describe('the lab', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'leaves nothing running after %s, and no folder of a shop',
    async (signal) => {
      const folder = await mkdtemp(join(tmpdir(), 'lab-signals-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const lab = spawn(process.execPath, ['--import', 'tsx', 'examples/lab/main.ts', '--once'], {
        ...{ cwd: root, env: { ...process.env, TMPDIR: folder } },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const exited = new Promise<number | null>((resolve) => lab.once('exit', resolve));
      await new Promise((resolve) => lab.stderr.once('data', resolve));
      const started = await descendants(lab.pid ?? 0);
      expect(started.length).toBeGreaterThanOrEqual(2);
      lab.kill(signal);
      await exited;
      await expect.poll(() => started.filter(alive), { timeout: 20_000 }).toEqual([]);
      // What Chromium and the compiler leave when they are killed is theirs.
      expect((await readdir(folder)).filter((name) => name.startsWith('bulwark-lab-'))).toEqual([]);
    },
    90_000,
  );

  it('says before it starts that a report cannot be written', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await runLab({ once: true, json: '/dev/null/nowhere/run.json' })).toBe(2);
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/^The lab could not run: .*nowhere\/run\.json/));
    said.mockRestore();
  });

  it('has at least 60 legitimate requests that both applications must answer alike', () => {
    expect(
      legitimate.filter(({ undefendedFails }) => undefendedFails === undefined).length,
    ).toBeGreaterThanOrEqual(60);
    expect(new Set(legitimate.map(({ name }) => name)).size).toBe(legitimate.length);
  });
});
