import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import http2 from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quietByDefault } from '../event/record.ts';
import { commands } from './index.ts';

quietByDefault();
const linux = process.platform === 'linux';
let folder: string;
let text: string;
let outcomes: unknown[];
const servers = [
  createServer((_req, res) => void run(res)),
  http2.createServer((_req, res) => void run(res as unknown as ServerResponse)),
] as const;
const [one, two] = servers;

async function run(res: ServerResponse): Promise<void> {
  const path = join(folder, 'tool');
  writeFileSync(path, `#!/bin/sh\necho $$ >${folder}/pid.new; mv ${folder}/pid.new ${folder}/pid\n${text}\n`);
  chmodSync(path, 0o755);
  try {
    const { code } = await commands({ tool: path }).tool({ stdout: res, maxOutputBytes: 1e9 })``;
    outcomes.push(code);
  } catch (error) {
    outcomes.push((error as { code?: unknown }).code);
    if (!res.headersSent) res.writeHead(500).end();
  }
}

beforeEach(async () => {
  outcomes = [];
  folder = mkdtempSync(join(tmpdir(), 'bulwark-client-gone-'));
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
  );
});
afterEach(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
const started = () => expect.poll(() => existsSync(join(folder, 'pid')), { timeout: 5_000 }).toBe(true);

async function stoppedWith(expected: readonly unknown[]): Promise<void> {
  await expect.poll(() => outcomes, { timeout: 5_000 }).toEqual(expected);
  const pid = readFileSync(join(folder, 'pid'), 'utf8').trim();
  await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 5_000 }).toBe(false);
}

const programs = { 'while the program writes': 'yes', 'while it is silent': 'sleep 60' } as const;

describe.skipIf(!linux)(`a client that goes away${linux ? '' : ': needs Linux'}`, () => {
  it.for(Object.entries(programs))('over HTTP/1.1, %s, stops it and is no failure', async ([, script]) => {
    text = script;
    const socket = connect(portOf(one), '127.0.0.1').resume();
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await started();
    socket.destroy();
    await stoppedWith([141]);
  });

  it.for(Object.entries(programs))('over HTTP/2, %s, stops it and is no failure', async ([, script]) => {
    text = script;
    const session = http2.connect(`http://127.0.0.1:${portOf(two)}`);
    const stream = session.request({ ':path': '/' }).resume();
    stream.on('error', () => undefined);
    await started();
    stream.close(http2.constants.NGHTTP2_CANCEL);
    await stoppedWith([141]);
    session.destroy();
  });

  it('that stays gets everything', async () => {
    text = 'head -c 3000000 /dev/zero';
    const answer = await fetch(`http://127.0.0.1:${portOf(one)}`);
    expect((await answer.arrayBuffer()).byteLength).toBe(3_000_000);
    const session = http2.connect(`http://127.0.0.1:${portOf(two)}`);
    expect((await buffer(session.request({ ':path': '/' }))).length).toBe(3_000_000);
    session.destroy();
    await stoppedWith([0, 0]);
  });

  it('does not hide a failure of the program', async () => {
    text = 'echo half; sleep 0.1; exit 3';
    const answer = await fetch(`http://127.0.0.1:${portOf(one)}`);
    await expect(answer.arrayBuffer()).rejects.toThrow();
    text = 'exit 4';
    expect((await fetch(`http://127.0.0.1:${portOf(one)}`)).status).toBe(500);
    await stoppedWith([3, 4]);
  });

  it('is not confused with another stream that breaks', async () => {
    text = 'yes';
    const closed = Object.assign(new PassThrough(), { headersSent: true });
    const broken = run(closed as unknown as ServerResponse);
    closed.once('data', () => closed.destroy());
    await broken;
    await stoppedWith(['ERR_STREAM_PREMATURE_CLOSE']);
  });
});
