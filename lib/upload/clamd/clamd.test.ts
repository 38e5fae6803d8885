import { randomBytes } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missing } from '../../../checks/machine/missing.ts';
import { malware, startClamd } from '../../../checks/upload/clamd-daemon.ts';
import { type Behaviour, speakClamd } from '../../../checks/upload/clamd-protocol.ts';
import { temporaryFolder } from '../../../checks/upload/temporary-folder.ts';
import { inside } from '../../path/inside.ts';
import { Misuse } from '../../refusal/misuse.ts';
import type { Scan } from '../scanner.ts';
import { clamd } from './index.ts';

const host = '127.0.0.1';
const folder = temporaryFolder();
let count = 0;

function fileOf(data: Uint8Array, bytes = data.byteLength) {
  const name = `file-${count++}`;
  writeFileSync(join(folder, name), data);
  return { path: inside(folder, name), bytes };
}

async function scanAt(behave: Behaviour, data: Uint8Array = Buffer.from('abc')): Promise<Scan> {
  const { port } = await speakClamd(behave);
  return clamd({ host, port, timeoutMs: 60_000 }).scan(fileOf(data));
}

describe('an answer', () => {
  it.each<[string, Scan]>([
    ['stream: OK\0', { clean: true }],
    ['stream: Win.Test.EICAR_HDB-1 FOUND\0', { clean: false, signature: 'Win.Test.EICAR_HDB-1' }],
    ['INSTREAM size limit exceeded. ERROR\0', { unknown: 'clamd: INSTREAM size limit exceeded. ERROR' }],
    ["stream: Can't open file ERROR\0", { unknown: "clamd: stream: Can't open file ERROR" }],
    [
      'stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0',
      { unknown: 'clamd: Heuristics.Limits.Exceeded.MaxFileSize' },
    ],
    ['UNKNOWN COMMAND\0', { unknown: 'clamd: UNKNOWN COMMAND' }],
    ['', { unknown: 'clamd: its answer was cut' }],
    ['\0', { unknown: 'clamd: ' }],
    ['stream: OK', { unknown: 'clamd: its answer was cut' }],
    ['stream: OK\n', { unknown: 'clamd: its answer was cut' }],
    ['stream: O', { unknown: 'clamd: its answer was cut' }],
    ['stream: OK\0stream: Eicar FOUND\0', { unknown: 'clamd: more than one answer' }],
    ['stream: OK\0\0', { unknown: 'clamd: more than one answer' }],
    ['stream: ok\0', { unknown: 'clamd: stream: ok' }],
    ['1: stream: OK\0', { unknown: 'clamd: 1: stream: OK' }],
    ['stream: OK FOUND\0', { clean: false, signature: 'OK' }],
    ['stream:  FOUND\0', { unknown: 'clamd: stream:  FOUND' }],
    ['stream: a b\r\n\u001b[31m FOUND\0', { unknown: 'clamd: stream: a b???[31m FOUND' }],
    ['HTTP/1.1 200 OK\r\n\r\n\0', { unknown: 'clamd: HTTP/1.1 200 OK????' }],
  ])('%j', async (answer, expected) => {
    expect(await scanAt((socket) => socket.end(answer, 'latin1'))).toEqual(expected);
  });

  it('may come byte by byte', async () => {
    const scan = await scanAt((socket) => {
      socket.setNoDelay(true);
      const text = 'stream: OK\0';
      const next = (at: number): void => {
        if (at === text.length) return void socket.end();
        socket.write(text[at] ?? '', () => setImmediate(next, at + 1));
      };
      next(0);
    });
    expect(scan).toEqual({ clean: true });
  });

  it('without an end stays unknown, and is not buffered', async () => {
    const scan = await scanAt((socket) => {
      const pour = (): void => {
        while (!socket.destroyed && socket.write('stream: OK '.repeat(1_000)));
        socket.once('drain', pour);
      };
      pour();
    });
    expect(scan).toEqual({ unknown: 'clamd: an answer of more than 4096 bytes' });
  });

  it('that never arrives is awaited until the time limit', async () => {
    const { port, open } = await speakClamd(() => undefined);
    const scan = await clamd({ host, port, timeoutMs: 100 }).scan(fileOf(Buffer.from('abc')));
    expect(scan).toEqual({ unknown: 'clamd: no answer within 100 ms' });
    await expect.poll(open).toBe(0);
  });

  it('is unknown if the connection stays open after it', async () => {
    const { port } = await speakClamd((socket) => void socket.write('stream: OK\0'));
    expect(await clamd({ host, port, timeoutMs: 100 }).scan(fileOf(Buffer.from('abc')))).toEqual({
      unknown: 'clamd: no answer within 100 ms',
    });
  });
});

describe('a file', () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 5_000_000])('of %i bytes arrives as it is', async (bytes) => {
    const data = randomBytes(bytes);
    let came: Buffer | undefined;
    const scan = await scanAt((socket, file) => {
      came = file;
      socket.end('stream: OK\0');
    }, data);
    expect(scan).toEqual({ clean: true });
    expect(came?.equals(data)).toBe(true);
  });

  it('that is larger than the limit is not sent, and one of exactly the limit is', async () => {
    let connections = 0;
    const { port } = await speakClamd(
      (socket) => socket.end('stream: OK\0'),
      () => connections++,
    );
    const scanner = clamd({ host, port, maxBytes: 100 });
    expect(await scanner.scan(fileOf(Buffer.alloc(101)))).toEqual({
      unknown: 'the file has more than 100 bytes',
    });
    expect(connections).toBe(0);
    expect(await scanner.scan(fileOf(Buffer.alloc(100)))).toEqual({ clean: true });
  });

  it.each([2, 4])('of another size than expected (%i) is unknown', async (bytes) => {
    const { port } = await speakClamd((socket) => socket.end('stream: OK\0'));
    expect(await clamd({ host, port }).scan(fileOf(Buffer.from('abc'), bytes))).toEqual({
      unknown: 'the file changed while it was scanned',
    });
  });

  it('that no longer exists is unknown', async () => {
    const { port } = await speakClamd((socket) => socket.end('stream: OK\0'));
    expect(await clamd({ host, port }).scan({ path: inside(folder, 'gone'), bytes: 1 })).toEqual({
      unknown: 'clamd: ENOENT',
    });
  });
});

describe('a clamd that fails', () => {
  it('does not listen', async () => {
    const server = createServer().listen(0, host);
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    expect(await clamd({ host, port }).scan(fileOf(Buffer.from('abc')))).toEqual({
      unknown: 'clamd: ECONNREFUSED',
    });
    expect(await clamd({ socket: join(folder, 'none') }).scan(fileOf(Buffer.from('abc')))).toEqual({
      unknown: 'clamd: ENOENT',
    });
  });

  it.each<[string, (socket: Socket) => void]>([
    ['closes at once', (socket) => void socket.end()],
    ['resets the connection', (socket) => void socket.resetAndDestroy()],
  ])('%s', async (_title, early) => {
    const { port } = await speakClamd(() => undefined, early);
    const scan = await clamd({ host, port, timeoutMs: 60_000 }).scan(fileOf(Buffer.alloc(5_000_000)));
    expect(scan).toEqual({ unknown: expect.stringMatching(/^clamd: /) });
  });

  it('says clean before it has the file', async () => {
    const { port } = await speakClamd(
      () => undefined,
      (socket) => void socket.end('stream: OK\0'),
    );
    const scan = await clamd({ host, port, timeoutMs: 60_000 }).scan(fileOf(Buffer.alloc(20_000_000)));
    expect(scan).toEqual({ unknown: expect.stringMatching(/^clamd: /) });
  });

  it('reads nothing: memory stays bounded, and the time limit ends it', async () => {
    const { port } = await speakClamd(
      () => undefined,
      (socket) => void socket.pause(),
    );
    const file = { ...fileOf(Buffer.alloc(0)), bytes: 24_000_000 };
    truncateSync(file.path.absolute, file.bytes);
    const before = process.memoryUsage().arrayBuffers;
    const scanning = clamd({ host, port, timeoutMs: 500 }).scan(file);
    expect(await scanning).toEqual({ unknown: 'clamd: no answer within 500 ms' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });
});

describe('the options of clamd', () => {
  it.each([
    {},
    { host },
    { port: 3310 },
    { host, port: 0 },
    { host, port: 65_536 },
    { host, port: '3310' },
    { host: '', port: 3310 },
    { socket: 'clamd.ctl' },
    { socket: '/run/clamd.ctl', port: 3310 },
    { host, port: 3310, timeoutMs: 0 },
    { host, port: 3310, maxBytes: Number.POSITIVE_INFINITY },
    { host, port: 3310, timeout: 5 },
  ])('are refused: %j', (options) => {
    expect(() => clamd(options as never)).toThrow(Misuse);
  });

  it('are accepted', () => {
    clamd({ host: 'clamav', port: 3310, timeoutMs: 1, maxBytes: 4_000_000_000 });
    clamd({ socket: '/run/clamav/clamd.ctl' });
  });
});

const reason = missing('clamd');

describe.skipIf(reason)(`a real clamd${reason ? `: ${reason}` : ''}`, () => {
  it('finds malware that its signatures know, and passes the rest', async () => {
    const daemon = await startClamd({ StreamMaxLength: '1M', MaxFileSize: '800K', AlertExceedsMax: 'yes' });
    try {
      const scanner = clamd({ host, port: daemon.port });
      const found = { clean: false, signature: 'Bulwark.Test.UNOFFICIAL' };
      expect(await scanner.scan(fileOf(Buffer.from('an ordinary text')))).toEqual({ clean: true });
      expect(await scanner.scan(fileOf(Buffer.from(`a ${malware} b`)))).toEqual(found);
      expect(
        await scanner.scan(fileOf(Buffer.concat([Buffer.alloc(300_000, 'a'), Buffer.from(malware)]))),
      ).toEqual(found);
      expect(await scanner.scan(fileOf(Buffer.alloc(0)))).toEqual({ clean: true });
      expect(await scanner.scan(fileOf(randomBytes(700_000)))).toEqual({ clean: true });
      expect(await scanner.scan(fileOf(randomBytes(900_000)))).toEqual({
        unknown: 'clamd: Heuristics.Limits.Exceeded.MaxFileSize',
      });
      expect(await scanner.scan(fileOf(randomBytes(5_000_000)))).toEqual({
        // clamd closes the connection with unread data, and the reset can overtake its answer.
        unknown: expect.stringMatching(/^clamd: (?:INSTREAM size limit exceeded\. ERROR|EPIPE|ECONNRESET)$/),
      });
    } finally {
      await daemon.stop();
    }
    expect(await clamd({ host, port: daemon.port }).scan(fileOf(Buffer.from('x')))).toEqual({
      unknown: 'clamd: ECONNREFUSED',
    });
  });
});
