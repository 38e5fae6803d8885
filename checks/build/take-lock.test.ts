import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';
import { takeLock } from './take-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-lock-'));
  writeFileSync(
    join(folder, 'hold.mts'),
    `import { appendFileSync } from 'node:fs';
import { takeLock } from ${JSON.stringify(join(root, 'checks/build/take-lock.ts'))};
await takeLock('lock');
appendFileSync('log', 'begin\\n');
await new Promise((resolve) => setTimeout(resolve, 300));
appendFileSync('log', 'end\\n');
`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function hold(): Promise<unknown> {
  return outcome(folder, process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'hold.mts']);
}

describe('takeLock', () => {
  it('lets one process in at a time, and leaves no lock', async () => {
    expect(await Promise.all([hold(), hold(), hold()])).toEqual(Array(3).fill({ code: 0, output: '' }));
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('begin\nend\n'.repeat(3));
    expect(readdirSync(folder)).not.toContain('lock');
  });

  it('gives the lock back before the process ends', async () => {
    const release = await takeLock(join(folder, 'lock'));
    expect(readdirSync(folder)).toContain('lock');
    release();
    expect(await hold()).toEqual({ code: 0, output: '' });
  });

  it('takes the lock of a process that was killed', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(join(folder, 'lock'), String(pid));
    expect(await hold()).toEqual({ code: 0, output: '' });
  });
});
