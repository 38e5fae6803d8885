import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isAlive, runnerFolder, until } from '../../../checks/command/runner-folder.ts';
import { markedProcesses } from './kill-tree.ts';
import type { ProcessSpec } from './process-spec.ts';
import { runProcess } from './run-process.ts';
import { startProcess } from './start-process.ts';

const linux = process.platform === 'linux';
const folder = runnerFolder();
afterAll(() => folder.remove());

function spec(script: string, more: Partial<ProcessSpec> = {}): ProcessSpec {
  return {
    ...{ file: '/bin/sh', args: ['-c', script], env: { PATH: '/usr/bin:/bin' }, cwd: folder.path },
    ...{ timeoutMs: 20_000, maxOutputBytes: 1_000_000 },
    ...more,
  };
}

describe.skipIf(!linux)(`stopping a process${linux ? '' : ': needs Linux'}`, () => {
  it('stops a program that takes too long, with its children', async () => {
    const tree = 'sleep 61 & echo $! >one; (sleep 62 & echo $! >two; wait) & wait';
    expect(await runProcess(spec(tree, { timeoutMs: 700 }))).toMatchObject({ stoppedBy: 'time' });
    expect(await until(() => !isAlive(folder.pidIn('one')) && !isAlive(folder.pidIn('two')))).toBe(true);
  });

  it('kills one that ignores SIGTERM', async () => {
    const deaf = spec("trap '' TERM; while :; do sleep 0.1; done", { timeoutMs: 700 });
    expect(await runProcess(deaf)).toMatchObject({ stoppedBy: 'time', signal: 'SIGKILL' });
  });

  it('lets a program that handles SIGTERM clean up', async () => {
    const tidy = spec("trap 'echo tidy >cleaned; exit 0' TERM; while :; do sleep 0.05; done", {
      timeoutMs: 700,
    });
    expect(await runProcess(tidy)).toMatchObject({ stoppedBy: 'time', code: 0 });
    expect(existsSync(join(folder.path, 'cleaned'))).toBe(true);
  });

  it('kills processes that left the group, when it is stopped', async () => {
    const leaver = spec('setsid sh -c "echo \\$\\$ >left; exec sleep 63" & sleep 64', { timeoutMs: 900 });
    expect(await runProcess(leaver)).toMatchObject({ stoppedBy: 'time' });
    expect(await until(() => !isAlive(folder.pidIn('left')))).toBe(true);
  });

  it('kills a program that keeps starting others outside its group', async () => {
    const loop = 'for i in $(seq 1 200); do setsid sleep 71 & sleep 0.02; done';
    const busy = startProcess(spec(`echo $$ >busy; (${loop}) & ${loop}; wait`, { timeoutMs: 600 }));
    expect(await busy.ended).toMatchObject({ stoppedBy: 'time' });
    const isLeft = (pid: string): boolean => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1') === 'sleep\x0071\0';
      } catch {
        return false;
      }
    };
    expect(await until(() => !readdirSync('/proc').some(isLeft))).toBe(true);
  });

  it('does not wait for a background process that holds the output open', async () => {
    const inGroup = spec('sleep 65 & echo $! >background; echo done');
    expect(String((await runProcess(inGroup)).stdout)).toBe('done\n');
    expect(await until(() => !isAlive(folder.pidIn('background')))).toBe(true);

    const outside = spec('setsid sh -c "echo \\$\\$ >daemon; exec sleep 66" & sleep 0.2; echo done');
    expect(String((await runProcess(outside)).stdout)).toBe('done\n');
    expect(await until(() => !isAlive(folder.pidIn('daemon')))).toBe(true);
  });

  it('kills the program if this process exits', async () => {
    const start = JSON.stringify(new URL('./start-process.ts', import.meta.url).href);
    const file = join(folder.path, 'parent.ts');
    const script = 'echo $$ >orphan; exec sleep 70';
    const given = JSON.stringify({ ...spec(script), timeoutMs: 60_000 });
    writeFileSync(
      file,
      `import { existsSync } from 'node:fs';
      import { startProcess } from ${start};
      startProcess(${given});
      setInterval(() => existsSync(${JSON.stringify(join(folder.path, 'orphan'))}) && process.exit(0), 20);`,
    );
    execFileSync(process.execPath, ['--import', import.meta.resolve('tsx'), file]);
    expect(await until(() => !isAlive(folder.pidIn('orphan')))).toBe(true);
  });

  it('stops when aborted, and does not start if already aborted', async () => {
    const abort = new AbortController();
    const running = runProcess(spec('echo started >aborted; sleep 67', { signal: abort.signal }));
    await until(() => existsSync(join(folder.path, 'aborted')));
    abort.abort();
    expect(await running).toMatchObject({ stoppedBy: 'abort' });
    await expect(runProcess(spec('echo no >never', { signal: abort.signal }))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(existsSync(join(folder.path, 'never'))).toBe(false);
  });

  it('finds the marked processes of one start only', async () => {
    const other = startProcess(spec('sleep 68'));
    await until(() => isAlive(other.pid ?? 0));
    expect(markedProcesses('00000000-0000-0000-0000-000000000000')).toEqual([]);
    await runProcess(spec('sleep 69', { timeoutMs: 100 }));
    expect(isAlive(other.pid ?? 0)).toBe(true);
    other.stop();
    await other.ended;
  });
});
