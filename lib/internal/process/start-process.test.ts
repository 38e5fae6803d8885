import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { runnerFolder, until } from '../../../checks/command/runner-folder.ts';
import { markName } from './kill-tree.ts';
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

describe.skipIf(!linux)(`startProcess${linux ? '' : ': needs Linux'}`, () => {
  it('returns the output and the exit code', async () => {
    const { stdout, stderr, code, signal, stoppedBy } = await runProcess(
      spec('echo out; echo err >&2; exit 3'),
    );
    expect([String(stdout), String(stderr), code, signal, stoppedBy]).toEqual([
      'out\n',
      'err\n',
      3,
      null,
      undefined,
    ]);
  });

  it('inherits no variable of the environment, even from a polluted prototype', async () => {
    process.env['BULWARK_TEST_LEAK'] = 'leak';
    Object.defineProperty(Object.prototype, 'LD_PRELOAD', {
      value: '/x.so',
      enumerable: true,
      configurable: true,
      writable: true,
    });
    for (const [name, value] of Object.entries({
      shell: '/bin/false',
      stdin: 'x',
      limits: { openFiles: 0 },
    })) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    }
    try {
      const { stdout } = await runProcess(spec('', { file: '/usr/bin/env', args: [], env: { LANG: 'C' } }));
      expect(String(stdout).replace(/=.{36}\n/, '=id\n')).toBe(`LANG=C\n${markName}=id\n`);
    } finally {
      delete process.env['BULWARK_TEST_LEAK'];
      Reflect.deleteProperty(Object.prototype, 'LD_PRELOAD');
      for (const name of ['shell', 'stdin', 'limits']) Reflect.deleteProperty(Object.prototype, name);
    }
  });

  it('passes on no file that this process has opened', async () => {
    const held = openSync(join(folder.path, 'held'), 'w');
    try {
      const { stdout } = await runProcess(spec('ls -l /proc/self/fd'));
      expect(String(stdout)).toMatch(/ 0 -> \/dev\/null/);
      expect(String(stdout)).not.toContain('held');
    } finally {
      closeSync(held);
    }
  });

  it('reads standard input from text, bytes and streams, and has an empty one otherwise', async () => {
    const cat = { file: '/bin/cat', args: [] };
    const big = Buffer.alloc(500_000, 'x');
    expect(String((await runProcess(spec('', { ...cat, stdin: 'text' }))).stdout)).toBe('text');
    expect((await runProcess(spec('', { ...cat, stdin: big }))).stdout.equals(big)).toBe(true);
    const parts = Readable.from([big, big.subarray(0, 1)]);
    expect((await runProcess(spec('', { ...cat, stdin: parts }))).stdout.length).toBe(500_001);
    expect((await runProcess(spec('', cat))).stdout.length).toBe(0);
  });

  it('ends when the program never reads its input', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(65_536);
    }
    expect(await runProcess(spec('exit 4', { stdin: endless() }))).toMatchObject({ code: 4 });
    expect(await runProcess(spec('exec 0<&-; sleep 0.1; exit 5', { stdin: endless() }))).toMatchObject({
      code: 5,
    });
    expect(await runProcess(spec('exit 6', { stdin: Buffer.alloc(5_000_000) }))).toMatchObject({ code: 6 });
  });

  it('does not destroy a source that the program did not read to its end', async () => {
    const source = new Readable({ read() {} });
    source.push('one');
    expect(await runProcess(spec('exit 0', { stdin: source }))).toMatchObject({ code: 0 });
    expect(source.destroyed).toBe(false);
  });

  it('stops the program and rejects when the source fails', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      throw new Error('the source broke');
    }
    await expect(runProcess(spec('cat >/dev/null; sleep 60', { stdin: broken() }))).rejects.toThrow(
      'the source broke',
    );
  });

  it('rejects if the file does not exist, without an unhandled rejection', async () => {
    await expect(runProcess(spec('', { file: '/nonexistent' }))).rejects.toMatchObject({ code: 'ENOENT' });
    startProcess(spec('', { file: '/nonexistent' }));
    await sleep(50);
  });

  it('throws on a NUL, and on arguments that the kernel does not accept', async () => {
    await expect(runProcess(spec('', { args: ['a\0b'] }))).rejects.toMatchObject({
      code: 'ERR_INVALID_ARG_VALUE',
    });
    await expect(runProcess(spec('', { args: ['a'.repeat(200_000)] }))).rejects.toMatchObject({
      code: 'E2BIG',
    });
  });

  it('stops an output that is too long, and keeps what fits', async () => {
    const endless = spec('', {
      file: '/usr/bin/head',
      args: ['-c', '1000000000', '/dev/zero'],
      maxOutputBytes: 100_000,
    });
    const { stdout, stoppedBy } = await runProcess(endless);
    expect([stdout.length, stoppedBy]).toEqual([100_000, 'output']);
    const both = await runProcess(spec('yes >&2 & yes', { maxOutputBytes: 100_000 }));
    expect([both.stdout.length + both.stderr.length, both.stoppedBy]).toEqual([100_000, 'output']);
  });

  it('accepts an output of exactly the limit', async () => {
    const exact = spec('', {
      file: '/usr/bin/head',
      args: ['-c', '100000', '/dev/zero'],
      maxOutputBytes: 100_000,
    });
    expect(await runProcess(exact)).toMatchObject({ code: 0 });
  });

  it('ends a stream of a stopped process with an error', async () => {
    const running = startProcess(spec('yes', { maxOutputBytes: 100_000 }));
    await expect(
      (async () => {
        for await (const _ of running.stdout);
      })(),
    ).rejects.toMatchObject({ name: 'ProcessStopped', by: 'output' });
    expect(await running.ended).toMatchObject({ stoppedBy: 'output' });
  });

  it('stops a program whose reader goes away', async () => {
    const running = startProcess(spec('', { file: '/usr/bin/yes', args: [] }));
    for await (const _ of running.stdout) break;
    const { code, stoppedBy } = await running.ended;
    expect([code === 0, stoppedBy]).toEqual([false, undefined]);
  });

  it('waits for a slow reader until the time is over', async () => {
    const running = startProcess(spec('head -c 300000 /dev/zero'));
    await sleep(400);
    let bytes = 0;
    for await (const chunk of running.stdout) bytes += (chunk as Buffer).length;
    expect([bytes, (await running.ended).code]).toEqual([300_000, 0]);

    const unread = startProcess(spec('head -c 300000 /dev/zero', { timeoutMs: 300 }));
    expect(await unread.ended).toMatchObject({ stoppedBy: 'time' });
  });

  it('reads everything that a background process writes, as long as it keeps writing', async () => {
    const late = spec('(for i in 1 2 3 4 5 6; do sleep 0.04; echo $i; done) & echo 0');
    expect(String((await runProcess(late)).stdout)).toBe('0\n1\n2\n3\n4\n5\n6\n');
  });

  it('loses no output when this process is too busy to read for a while', async () => {
    const running = runProcess(spec('sleep 0.05; sleep 0.2 & head -c 60000 /dev/zero'));
    await sleep(30);
    for (const until = performance.now() + 400; performance.now() < until; );
    expect((await running).stdout.length).toBe(60_000);
  });

  it('leaves no zombie, no marked process and no open file of its own behind', async () => {
    const files = (): number => readdirSync('/proc/self/fd').length;
    const before = files();
    await Promise.all(Array.from({ length: 30 }, () => runProcess(spec('sleep 0.01 & true'))));
    // The fourth field is the parent.
    const zombie = new RegExp(`^\\d+ \\((?:sh|sleep)\\) Z ${process.pid} `);
    const isZombie = (pid: string): boolean => {
      try {
        return zombie.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
      } catch {
        return false;
      }
    };
    expect(readdirSync('/proc').filter(isZombie)).toEqual([]);
    expect(await until(() => files() <= before)).toBe(true);
  });

  it('limits memory, CPU, the size of files and their number', async () => {
    const script = folder.program('limits', 'ulimit -v; ulimit -t; ulimit -f; ulimit -n; ulimit -c');
    const limits = { memoryBytes: 64 * 1_048_576, cpuSeconds: 7, fileBytes: 1_048_576, openFiles: 20 };
    const { stdout } = await runProcess(spec('', { file: script, args: [], limits }));
    expect(String(stdout).trim().split('\n')).toEqual(['65536', '7', '2048', '20', '0']);

    const busy = await runProcess(spec('while :; do :; done', { limits: { cpuSeconds: 1 } }));
    expect(busy).toMatchObject({ signal: 'SIGXCPU' });
    const greedy = await runProcess(
      spec('', { file: '/usr/bin/tail', args: ['/dev/zero'], limits: { memoryBytes: 100_000_000 } }),
    );
    expect(String(greedy.stderr)).toMatch(/memory exhausted/);
    await runProcess(spec('head -c 100000 /dev/zero >large', { limits: { fileBytes: 1_024 } }));
    expect(readFileSync(join(folder.path, 'large')).length).toBe(1_024);
  });
});
