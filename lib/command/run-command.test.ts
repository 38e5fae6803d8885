import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietByDefault } from '../event/record.ts';
import { hasPrlimit } from '../internal/process/limit-command.ts';
import { inside } from '../path/index.ts';
import { CommandFailed, type CommandsOptions, commands, type ProgramTag } from './index.ts';

quietByDefault();
const linux = process.platform === 'linux';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-run-'));
  mkdirSync(join(folder, 'files'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let scripts = 0;

function script(text: string, options: CommandsOptions = {}): ProgramTag {
  const path = join(folder, `tool-${++scripts}`);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return commands({ script: path }, options).script;
}

async function until(holds: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 200; turn++) {
    if (holds()) return true;
    await sleep(20);
  }
  return false;
}

describe.skipIf(!linux)(`running a command${linux ? '' : ': needs Linux'}`, () => {
  it('returns output and exit code', async () => {
    expect(await script('echo out; echo err >&2')``).toEqual({ stdout: 'out\n', stderr: 'err\n', code: 0 });
    const bytes = await script("printf '\\377'")({ stdout: 'bytes' })``;
    expect([...bytes.stdout]).toEqual([255]);
  });

  it('rejects on another exit code or a signal, and keeps the output out of the message', async () => {
    const failed = await script('echo secret >&2; exit 3')``.catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(CommandFailed);
    expect(failed).toMatchObject({ program: 'script', code: 3, signal: null, stderr: 'secret\n' });
    expect((failed as Error).message).toBe('script exited with code 3.');
    expect(Object.keys(failed as object)).not.toContain('stderr');
    await expect(script('kill -9 $$')``).rejects.toMatchObject({ name: 'CommandFailed', signal: 'SIGKILL' });
    expect(await script('exit 3')({ allowExitCodes: [0, 3] })``).toMatchObject({ code: 3 });
  });

  it('has an environment and a working directory of its own', async () => {
    process.env['BULWARK_TEST_SECRET'] = 'secret';
    try {
      const env = 'env | grep -v BULWARK_PROCESS | grep -v ^_= | sort';
      expect((await script(env)``).stdout).toBe(
        'HOME=/nonexistent\nLANG=C.UTF-8\nPATH=/usr/local/bin:/usr/bin:/bin\nPWD=/\n',
      );
      const own = { env: { BULWARK_TEST_SECRET: true, HOME: '/srv', NO_SUCH_VARIABLE: true } } as const;
      expect((await script(env, own)``).stdout).toMatch(/BULWARK_TEST_SECRET=secret\nHOME=\/srv\nLANG/);
    } finally {
      delete process.env['BULWARK_TEST_SECRET'];
    }
    const cwd = inside(folder, 'files');
    expect((await script('pwd', { cwd })``).stdout).toBe(`${cwd.absolute}\n`);
    expect((await script('pwd')({ cwd: '/usr' })``).stdout).toBe('/usr\n');
    await expect(script('pwd')({ cwd: inside(folder, 'missing') })``).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  it('reads input from text, bytes, streams and files', async () => {
    writeFileSync(join(folder, 'files', 'in.txt'), 'from a file');
    const cat = script('cat');
    expect((await cat``).stdout).toBe('');
    expect((await cat({ stdin: 'text' })``).stdout).toBe('text');
    expect((await cat({ stdin: Buffer.from('bytes') })``).stdout).toBe('bytes');
    expect((await cat({ stdin: Readable.from(['a', 'b']) })``).stdout).toBe('ab');
    expect((await cat({ stdin: new Blob(['web']).stream() })``).stdout).toBe('web');
    expect((await cat({ stdin: inside(folder, 'files/in.txt') })``).stdout).toBe('from a file');
    expect(await script('true')({ stdin: inside(folder, 'files/in.txt') })``).toMatchObject({ code: 0 });
    await expect(cat({ stdin: inside(folder, 'files/missing') })``).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('writes to a file, whole or not at all', async () => {
    const files = join(folder, 'files');
    const made = inside(files, 'made.txt');
    expect(await script('echo content')({ stdout: made })``).toEqual({
      stdout: undefined,
      stderr: '',
      code: 0,
    });
    expect(readFileSync(made.absolute, 'utf8')).toBe('content\n');
    await expect(script('echo half; exit 1')({ stdout: inside(files, 'half.txt') })``).rejects.toMatchObject({
      code: 1,
    });
    const slow = script('echo half; sleep 60', { timeoutMs: 300 });
    await expect(slow({ stdout: inside(files, 'half.txt') })``).rejects.toMatchObject({
      code: 'command/too-slow',
    });
    const long = script('yes', { maxOutputBytes: 100_000 });
    await expect(long({ stdout: inside(files, 'half.txt') })``).rejects.toMatchObject({
      code: 'command/too-much-output',
    });
    await expect(script('echo b')({ stdout: made })``).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readdirSync(files).sort()).toEqual(['in.txt', 'made.txt']);
  });

  it('writes to a stream at the speed of its reader, and ends it', async () => {
    const chunks: Buffer[] = [];
    const slow = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        setTimeout(done, 1);
      },
    });
    await script('head -c 1000000 /dev/zero')({ stdout: slow })``;
    expect([Buffer.concat(chunks).length, slow.writableFinished]).toEqual([1_000_000, true]);
  });

  it('leaves a stream alone if the program fails before its first byte, and destroys it after that', async () => {
    const untouched = new PassThrough();
    await expect(script('exit 2')({ stdout: untouched })``).rejects.toMatchObject({ code: 2 });
    expect([untouched.destroyed, untouched.writableEnded]).toEqual([false, false]);
    const cut = new PassThrough().resume();
    await expect(script('echo a; exit 2')({ stdout: cut })``).rejects.toMatchObject({ code: 2 });
    expect([cut.destroyed, cut.writableFinished]).toEqual([true, false]);
  });

  it('fails if somebody else ended the stream, before or within the output', async () => {
    const ended = new PassThrough().resume().end();
    const code = 'ERR_STREAM_WRITE_AFTER_END';
    await expect(script('echo a')({ stdout: ended })``).rejects.toMatchObject({ code });
    const short: PassThrough = new PassThrough().once('data', () => short.end());
    await expect(script('echo a; sleep 0.2; echo b')({ stdout: short })``).rejects.toMatchObject({ code });
  });

  it('stops the program if the stream breaks', async () => {
    const broken = new Writable({
      write(_chunk, _encoding, done) {
        done(new Error('the reader has gone'));
      },
    });
    await expect(script('yes')({ stdout: broken })``).rejects.toThrow('the reader has gone');
    const closed = new PassThrough();
    const running = script(`echo $$ >${folder}/closed; echo a; sleep 60`)({ stdout: closed })``;
    running.catch(() => undefined);
    closed.once('data', () => closed.destroy());
    await expect(running).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    const pid = readFileSync(join(folder, 'closed'), 'utf8').trim();
    expect(await until(() => !existsSync(`/proc/${pid}`))).toBe(true);
  });

  it('does not wait for a stream that accepts nothing more', async () => {
    const stuck = (): Writable => new Writable({ highWaterMark: 1, write: () => undefined });
    const late = { timeoutMs: 300 };
    const tooSlow = { code: 'command/too-slow', detail: { limit: 'timeoutMs' } };
    await expect(script('echo a', late)({ stdout: stuck() })``).rejects.toMatchObject(tooSlow);
    await expect(script('yes', late)({ stdout: stuck() })``).rejects.toMatchObject(tooSlow);
    await expect(script('echo a; exit 7')({ stdout: stuck() })``).rejects.toMatchObject({ code: 7 });
  });

  it('refuses a program that takes too long or writes too much, and accepts one just within the limits', async () => {
    await expect(script('sleep 60', { timeoutMs: 200 })``).rejects.toMatchObject({
      ...{ code: 'command/too-slow', detail: { program: 'script', limit: 'timeoutMs' } },
    });
    await expect(script('sleep 60')({ timeoutMs: 200 })``).rejects.toMatchObject({
      code: 'command/too-slow',
    });
    const output = { maxOutputBytes: 10_000 };
    await expect(script('head -c 10001 /dev/zero', output)``).rejects.toMatchObject({
      ...{ code: 'command/too-much-output', detail: { program: 'script', maxOutputBytes: 10_000 } },
    });
    await expect(script('yes >&2', output)``).rejects.toMatchObject({ code: 'command/too-much-output' });
    expect((await script('head -c 10000 /dev/zero', output)``).stdout.length).toBe(10_000);
  });

  it.skipIf(!hasPrlimit())(`limits what the kernel can${hasPrlimit() ? '' : ': needs prlimit'}`, async () => {
    await expect(script('while :; do :; done', { cpuSeconds: 1 })``).rejects.toMatchObject({
      ...{ code: 'command/too-slow', detail: { program: 'script', limit: 'cpuSeconds' } },
    });
    const limits = { memoryBytes: 100_000_000, cpuSeconds: 5, fileBytes: 1_024, openFiles: 16 };
    expect((await script('ulimit -v; ulimit -t; ulimit -f; ulimit -n', limits)``).stdout).toBe(
      '97656\n5\n2\n16\n',
    );
    await expect(script('tail /dev/zero', limits)``).rejects.toMatchObject({ name: 'CommandFailed' });
  });

  it('refuses kernel limits without prlimit, and accepts the others everywhere', () => {
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    try {
      for (const limit of ['memoryBytes', 'cpuSeconds', 'fileBytes', 'openFiles']) {
        const limits = { [limit]: 2_000_000 / (limit === 'cpuSeconds' ? 1_000 : 2) };
        expect(() => script('true', limits)).toThrow(
          expect.objectContaining({ name: 'Misuse', code: 'command/prlimit-missing' }),
        );
        expect(() => script('true')(limits)).toThrow(
          expect.objectContaining({ code: 'command/prlimit-missing' }),
        );
      }
      expect(() => script('true', { timeoutMs: 5, maxOutputBytes: 5 })).not.toThrow();
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
  });

  it('stops when aborted, and rejects with the reason', async () => {
    const abort = new AbortController();
    const running = script('sleep 60')({ signal: abort.signal })``;
    setTimeout(() => abort.abort(new Error('the client has gone')), 50);
    await expect(running).rejects.toThrow('the client has gone');
    await expect(script('true')({ signal: abort.signal })``).rejects.toThrow('the client has gone');
  });

  it('passes nothing from a polluted prototype to a program', async () => {
    const pollution = {
      ...{
        fixedArgs: ['--evil'],
        env: { LD_PRELOAD: '/evil.so' },
        endOfOptions: { marker: 'a' },
        preflight: {},
      },
      ...{
        stdin: 'evil',
        limits: { openFiles: 0 },
        allowExitCodes: [9],
        rules: { name: 'evil' },
      },
      ...{
        maxOutputBytes: 0,
        shell: '/bin/false',
        argv0: 'evil',
        uid: 1,
        stoppedBy: 'time',
        nodeArgs: ['--evil'],
      },
    };
    const path = join(folder, 'polluted');
    writeFileSync(path, '#!/bin/sh\necho $0 "$@"; cat; env | grep -c evil; id -u\n');
    chmodSync(path, 0o755);
    const before = commands({ polluted: path });
    for (const [name, value] of Object.entries(pollution)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    }
    const outcomes: unknown[] = [];
    try {
      for (const { polluted } of [before, commands({ polluted: path })]) {
        outcomes.push(await polluted({ allowExitCodes: [0] })`a ${'b'}`);
        outcomes.push(await polluted`a ${'-b'}`.catch((error: { code: string }) => error.code));
      }
    } finally {
      for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name);
    }
    const stdout = `${path} a b\n0\n${process.getuid?.()}\n`;
    const each = [{ stdout, stderr: '', code: 0 }, 'command/unsafe-value'];
    expect(outcomes).toEqual([...each, ...each]);
  });

  it('refuses unknown options, and ignores those of a polluted prototype', async () => {
    const tag = script('pwd');
    expect(() => tag({ timeout: 5 } as never)).toThrow(/Did you mean timeoutMs/);
    for (const wrong of [
      ...[{ timeoutMs: 0 }, { maxOutputBytes: -1 }, { cwd: 'files' }, { stdin: 5 }, { stdout: 'json' }],
      ...[{ allowExitCodes: 1 }, { allowExitCodes: [256] }, { signal: {} }, { openFiles: 1 }],
    ]) {
      expect(() => tag(wrong as never)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
    }
    for (const wrong of [
      { env: [] },
      { env: { 'a-b': 'x' } },
      { env: { A: 1 } },
      { env: { A: 'a\0b' } },
      { maxConcurrent: 0 },
    ]) {
      expect(() => script('true', wrong as never)).toThrow(
        expect.objectContaining({ code: 'bulwark/invalid-option' }),
      );
    }
    Object.defineProperty(Object.prototype, 'cwd', { value: '/usr', configurable: true });
    try {
      expect((await tag({ timeoutMs: 5_000 })``).stdout).toBe('/\n');
    } finally {
      Reflect.deleteProperty(Object.prototype, 'cwd');
    }
  });
});
