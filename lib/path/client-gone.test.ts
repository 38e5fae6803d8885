import { mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import http2 from 'node:http2';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inside, sendFile } from './index.ts';

let folder: string;
let pending: number;
let outcomes: unknown[];
let meanwhile: Promise<unknown> | undefined;
const servers = [
  createServer(answer),
  http2.createServer((req, res) =>
    answer(req as unknown as IncomingMessage, res as unknown as ServerResponse),
  ),
];
const [one, two] = servers as [(typeof servers)[0], (typeof servers)[1]];

function answer(req: IncomingMessage, res: ServerResponse): void {
  pending += 1;
  Promise.resolve(meanwhile)
    .then(() => sendFile(req, res, inside(folder, 'large.bin')))
    .catch((error: Error) => outcomes.push(error.message))
    .finally(() => {
      pending -= 1;
    });
}

beforeEach(async () => {
  [pending, outcomes, meanwhile] = [0, [], undefined];
  folder = mkdtempSync(join(tmpdir(), 'bulwark-gone-'));
  writeFileSync(join(folder, 'large.bin'), '');
  truncateSync(join(folder, 'large.bin'), 50_000_000);
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
  );
});
afterEach(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

function openFiles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  }).length;
}

async function nothingIsLeft(): Promise<void> {
  await expect.poll(() => [pending, openFiles()], { timeout: 5_000 }).toEqual([0, 0]);
  expect(outcomes).toEqual([]);
}

const pipelined = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(12);

/** A session whose client has seen the first bytes. */
async function begin(): Promise<[http2.ClientHttp2Session, http2.ClientHttp2Stream]> {
  const session = http2.connect(`http://127.0.0.1:${(two.address() as AddressInfo).port}`);
  const stream = session.on('error', () => undefined).request({ ':path': '/' });
  await new Promise((resolve) => stream.on('error', () => undefined).once('response', resolve));
  return [session, stream];
}

describe.skipIf(process.platform !== 'linux')('a client that goes away (CWE-772)', () => {
  it('leaves no file open and no promise pending when requests are queued', async () => {
    const socket = connect((one.address() as AddressInfo).port, '127.0.0.1');
    socket.write(pipelined);
    await expect.poll(() => openFiles(), { timeout: 5_000 }).toBe(12);
    socket.resetAndDestroy();
    await nothingIsLeft();
  });

  it('leaves none if it left before the file was opened', async () => {
    let left = (): void => undefined;
    meanwhile = new Promise<void>((resolve) => {
      left = resolve;
    });
    const socket = connect((one.address() as AddressInfo).port, '127.0.0.1');
    socket.write(pipelined);
    await expect.poll(() => pending).toBe(12);
    socket.resetAndDestroy();
    await expect
      .poll(() => new Promise((resolve) => one.getConnections((_, count) => resolve(count))))
      .toBe(0);
    left();
    await nothingIsLeft();
  });

  it('leaves none over HTTP/2, by a cancelled stream or a lost connection', async () => {
    for (const isCancelled of [true, false]) {
      const [session, stream] = await begin();
      expect(openFiles()).toBe(1);
      if (isCancelled) stream.close(http2.constants.NGHTTP2_CANCEL);
      else session.destroy();
      await nothingIsLeft();
      session.destroy();
    }
  });

  it('is not confused with a slow one, which gets the whole file, also over HTTP/2', async () => {
    const [session, stream] = await begin();
    expect(await buffer(stream)).toHaveLength(50_000_000);
    session.close();
    await nothingIsLeft();
  });

  it('is not confused with a file that gets shorter, which is still an error over HTTP/2', async () => {
    const [session, stream] = await begin();
    truncateSync(join(folder, 'large.bin'), 1_000);
    await expect(buffer(stream)).rejects.toThrow();
    await expect.poll(() => outcomes).toEqual(['The file changed while it was sent.']);
    session.destroy();
  });
});
