import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const module = new URL('./end-with-parent.ts', import.meta.url).href;
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Holds its event loop, as a query of the embedded database does. */
const child = `
  const { endWithParent } = await import(${JSON.stringify(module)});
  endWithParent(process.argv[1]);
  console.log(process.pid);
  setTimeout(() => { for (const end = Date.now() + 30_000; Date.now() < end; ); }, 500);`;
const parent = `
  const { spawn } = require('node:child_process');
  const args = ['--import', 'tsx', '--input-type=module', '--eval', ${JSON.stringify(child)}, process.argv[1]];
  spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'ignore'] });`;

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('ends a process whose event loop is held, with its folder, once its parent is killed, and not before', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bulwark-lab-test-'));
  await writeFile(join(folder, 'left.txt'), '');
  const started = spawn(process.execPath, ['--eval', parent, folder], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [printed] = await once(started.stdout, 'data');
  const pid = Number(printed);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(alive(pid)).toBe(true);
  expect(existsSync(folder)).toBe(true);
  started.kill('SIGKILL');
  await expect.poll(() => alive(pid), { timeout: 10_000 }).toBe(false);
  expect(existsSync(folder)).toBe(false);
});
