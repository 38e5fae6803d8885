import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../../checks/gateway/origins.ts';
import { openTunnel, readUntil, sendRaw, statusOf } from '../../../checks/gateway/raw-client.ts';
import { loopback } from '../../../checks/gateway/running-gateway.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const node = ['--import', 'tsx', main];
let folder = '';
let echo: Origin;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-main-'));
  echo = await tcpOrigin((socket) => void socket.pipe(socket));
});
afterAll(async () => {
  await echo[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly port: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
  says(text: string, times?: number): Promise<void>;
}

function write(name: string, roles: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ listen: { port: 0 }, limits: { drainMs: 20_000 }, roles }));
  return path;
}

const role = (): object => ({
  name: 'test',
  anonymous: true,
  hosts: 'public',
  allowPrivate: [loopback(echo.port)],
});

async function start(path: string): Promise<Run> {
  const child = spawn(process.execPath, [...node, '--config', path], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const says = async (text: string, times: number = 1): Promise<void> => {
    for (let tries = 0; tries < 1_500 && stderr.split(text).length <= times; tries++) {
      await new Promise((done) => setTimeout(done, 10));
    }
    expect(stderr.split(text).length - 1).toBeGreaterThanOrEqual(times);
  };
  await says('listens on 127.0.0.1 port ');
  const port = Number(/port (\d+)/.exec(stderr)?.[1]);
  return { child, port, stdout: () => stdout, stderr: () => stderr, ended, says };
}

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [...node, ...args], (error, stdout, stderr) => {
      done({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

describe('bulwark-gateway', () => {
  it('says what it is, and what it does not see', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('inside an HTTPS tunnel only the destination is checked');
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect((await run('--version')).stdout).toBe(`${version}\n`);
  });

  it('tries a configuration without starting, and ends with 2 where it is wrong', async () => {
    const good = await run('--config', write('good.json', [role()]), '--check');
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toContain('is valid, with 1 role');
    const bad = await run('--config', write('bad.json', [{ ...role(), hots: 1 }]));
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('gateway/invalid-config');
    expect(bad.stderr).toContain('roles[0].hots: There is no such field.');
    expect(bad.stderr).not.toMatch(/\n {4}at /);
    expect((await run('--config', join(folder, 'missing.json'))).code).toBe(2);
    expect((await run('--confg', 'x')).code).toBe(2);
    expect((await run()).code).toBe(2);
  });

  it('ends with 1 where its port is taken', async () => {
    const path = join(folder, 'taken.json');
    writeFileSync(path, JSON.stringify({ listen: { port: echo.port }, roles: [role()] }));
    const { code, stderr } = await run('--config', path);
    expect(code).toBe(1);
    expect(stderr).toContain('EADDRINUSE');
  });

  it('reads its configuration again at SIGHUP, and drops no tunnel that is still allowed', async () => {
    const path = write('live.json', [role()]);
    const gateway = await start(path);
    const at = `127.0.0.1:${echo.port}`;
    const tunnel = await openTunnel(gateway.port, at);
    write('live.json', [role(), { ...role(), name: 'test' }]);
    gateway.child.kill('SIGHUP');
    await gateway.says('keeps its former configuration');
    expect(gateway.stderr()).toContain('roles: The name "test" stands here twice.');
    write('live.json', [
      role(),
      {
        ...role(),
        name: 'other',
        anonymous: false,
        credentials: [{ user: 'u', passwordSha256: 'a'.repeat(64) }],
      },
    ]);
    gateway.child.kill('SIGHUP');
    await gateway.says('tunnels kept: 1, closed: 0');
    tunnel.write('ping');
    expect(await readUntil(tunnel, (text) => text === 'ping')).toBe('ping');
    write('live.json', [{ ...role(), allowPrivate: [] }]);
    gateway.child.kill('SIGHUP');
    await gateway.says('tunnels kept: 0, closed: 1');
    expect(await readUntil(tunnel, () => false)).toBe('');
    expect(statusOf(await sendRaw(gateway.port, `CONNECT ${at} HTTP/1.1\r\nHost: x\r\n\r\n`))).toBe(403);
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
    const lines = gateway
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg, allow }) => [msg, allow])).toEqual([
      ['CANONICAL-EGRESS-DECISION', true],
      ['CANONICAL-EGRESS-CLOSE', undefined],
      ['CANONICAL-EGRESS-DECISION', false],
    ]);
  });

  it('ends when its tunnels have, and at once at a second signal', async () => {
    const path = write('stop.json', [role()]);
    for (const second of [false, true]) {
      const gateway = await start(path);
      const tunnel = await openTunnel(gateway.port, `127.0.0.1:${echo.port}`);
      gateway.child.kill('SIGTERM');
      await gateway.says('stops when');
      tunnel.write('ping');
      expect(await readUntil(tunnel, (text) => text === 'ping')).toBe('ping');
      if (second) gateway.child.kill('SIGINT');
      else tunnel.end();
      expect(await gateway.ended).toBe(0);
      expect(gateway.stdout()).toContain(second ? '"why":"stopped"' : '"why":"ended"');
    }
  });

  it('goes on when nobody reads what it says any more, whatever it says then', async () => {
    const gateway = await start(write('deaf.json', [role()]));
    gateway.child.stderr?.destroy();
    const refused = 'GET http://10.0.0.1/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    for (let i = 0; i < 3; i++) {
      expect(statusOf(await sendRaw(gateway.port, refused))).toBe(403);
      gateway.child.kill('SIGHUP');
      await new Promise((done) => setTimeout(done, 100));
    }
    (await openTunnel(gateway.port, `127.0.0.1:${echo.port}`)).destroy();
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
  });

  it('goes on when nobody reads its log any more', async () => {
    const gateway = await start(write('mute.json', [role()]));
    gateway.child.stdout?.destroy();
    for (let i = 0; i < 5; i++) (await openTunnel(gateway.port, `127.0.0.1:${echo.port}`)).destroy();
    gateway.child.kill('SIGTERM');
    expect(await gateway.ended).toBe(0);
  });
});
