import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from '../../../checks/upload/s3-server.ts';
import { bytesOf, leftIn, put } from '../../../checks/upload/store-files.ts';
import { configureEvents } from '../../event/index.ts';
import type { SecurityEvent } from '../../event/security-event.ts';
import { Secret } from '../../secrets/secret.ts';
import { currentOwner, ownerName } from '../disk/owner.ts';
import { s3Store } from './index.ts';

configureEvents({ sinks: [] });

let server: S3Server;
beforeAll(async () => {
  server = await startS3();
});
afterAll(() => server.close());
afterEach(() => {
  server.fault = undefined;
});

const _notFound = { code: 'upload/not-found', status: 404 };
const failed = { code: 'upload/store-failed', status: 503 };

function open(options: object = {}) {
  const all = { ...server.options(), ...options };
  return { store: s3Store(all), spool: all.spool };
}

function causeOf(error: unknown): unknown {
  return (error as { detail: { cause: string } }).detail.cause;
}

describe('a service that fails', () => {
  const isPut = (req: IncomingMessage): boolean => req.method === 'PUT';

  it('is asked again after a 503', async () => {
    const { store } = open();
    let times = 0;
    server.fault = (req, res) => {
      if (!isPut(req) || ++times > 2) return false;
      req.resume().on('end', () => res.writeHead(503).end('<Error><Code>SlowDown</Code></Error>'));
      return true;
    };
    const data = randomBytes(600_000);
    const id = await put(store, data);
    expect(times).toBe(3);
    server.fault = undefined;
    expect((await bytesOf(await store.open(id))).equals(data)).toBe(true);
  });

  it.each<[string, (req: IncomingMessage, res: ServerResponse) => void, string]>([
    ['answers 500 each time', answer(500), 's3 put: 500'],
    ['answers 403', answer(403, '<Error><Code>AccessDenied</Code></Error>'), 's3 put: 403 AccessDenied'],
    ['redirects', answer(307, '', { location: 'http://127.0.0.1:9/' }), 's3 put: 307'],
    ['cuts the connection at once', (req) => void req.socket.destroy(), ''],
    ['cuts it in the middle', (req) => void req.once('data', () => req.socket.destroy()), ''],
    ['says another ETag', answer(200, '', { etag: `"${'0'.repeat(32)}"` }), 's3 put: ETag differs'],
    ['has an endless error', (_req, res) => pour(res.writeHead(400)), 's3 put: 400'],
    [
      'is full',
      answer(507, '<Error><Code>XMinioStorageFull</Code></Error>'),
      's3 put: 507 XMinioStorageFull',
    ],
  ])('%s: nothing is left, and the next file is stored', async (_title, act, cause) => {
    const { store, spool } = open();
    const before = server.keys();
    server.fault = (req, res) => {
      if (isPut(req)) act(req, res);
      return isPut(req);
    };
    const error: unknown = await put(store, randomBytes(2_000_000)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: expect.stringMatching(/^upload\/store-(failed|full)$/) });
    if (cause) expect(causeOf(error)).toBe(cause);
    expect(leftIn(spool)).toEqual([]);
    expect(server.keys()).toEqual(before);
    server.fault = undefined;
    await put(store, Buffer.from('x'));
  });

  it('stores the file and loses the answer: the file is removed', async () => {
    const { store, spool } = open();
    const before = server.keys();
    server.fault = (req, res) => {
      if (isPut(req)) losesAnswer(res);
      return false;
    };
    await expect(put(store, randomBytes(100_000))).rejects.toMatchObject(failed);
    expect(server.keys()).toEqual(before);
    expect(leftIn(spool)).toEqual([]);
  });

  it('stores the file, loses the answer and goes away: a sweep removes the file', async () => {
    const { store, spool } = open();
    const before = server.keys();
    server.fault = (req, res) => {
      if (isPut(req)) losesAnswer(res);
      else req.socket.destroy();
      return !isPut(req);
    };
    await expect(put(store, randomBytes(100_000))).rejects.toMatchObject(failed);
    expect(server.keys()).toHaveLength(before.length + 1);
    expect(leftIn(spool).filter((path) => path.endsWith('/data'))).toEqual([]);
    await expect(store.sweep()).rejects.toMatchObject(failed);
    server.fault = undefined;
    expect(await store.sweep()).toEqual({ removed: 1 });
    expect(server.keys()).toEqual(before);
    expect(leftIn(spool)).toEqual([]);
    expect(await store.sweep()).toEqual({ removed: 0 });
  });

  it('hangs: the time-out ends it', async () => {
    const { store, spool } = open({ timeoutMs: 300 });
    server.fault = isPut;
    const error: unknown = await put(store, randomBytes(3_000_000)).catch((caught: unknown) => caught);
    expect(causeOf(error)).toBe('s3 put: no answer within 300 ms');
    expect(leftIn(spool)).toEqual([]);
  });

  it('cuts off a download: the stream fails, and never ends early', async () => {
    const { store } = open();
    const id = await put(store, randomBytes(3_000_000));
    const file = await store.open(id);
    server.fault = (req, res) => {
      if (req.method !== 'GET') return false;
      res.writeHead(200, { 'content-length': '3000000' }).write(Buffer.alloc(100_000), () => res.destroy());
      return true;
    };
    await expect(bytesOf(file)).rejects.toThrow();
    server.fault = getting('short');
    await expect(bytesOf(await store.open(id))).rejects.toThrow(/another number of bytes/);
    server.fault = getting('not a range');
    await expect(bytesOf(await store.open(id), { start: 1, end: 5 })).rejects.toThrow(/another range/);
  });

  it('is disconnected when the reader goes away', async () => {
    const { store } = open();
    const id = await put(store, randomBytes(5_000_000));
    const stream = (await store.open(id)).read();
    await new Promise((resolve) => stream.once('data', resolve));
    await new Promise((resolve) => stream.once('close', resolve).destroy());
  });

  it('does not know the key', async () => {
    const { store } = open({ secretAccessKey: new Secret('another') });
    const error: unknown = await put(store, Buffer.from('x')).catch((caught: unknown) => caught);
    expect(causeOf(error)).toBe('s3 put: 403 SignatureDoesNotMatch');
    expect(String(JSON.stringify(error)) + String(error)).not.toContain('another');
  });
});

function answer(status: number, body = '', headers: Record<string, string> = {}) {
  return (req: IncomingMessage, res: ServerResponse): void => {
    req.resume().on('end', () => res.writeHead(status, headers).end(body));
  };
}

function getting(body: string): NonNullable<S3Server['fault']> {
  return (req, res) => {
    if (req.method === 'GET') res.end(body);
    return req.method === 'GET';
  };
}

/** The service does what it was asked to, but its answer never arrives. */
function losesAnswer(res: ServerResponse): void {
  res.end = () => {
    res.socket?.destroy();
    return res;
  };
}

function pour(res: ServerResponse): void {
  const more = (): void => {
    while (!res.destroyed && res.write('x'.repeat(10_000)));
    res.once('drain', more);
  };
  more();
}

describe('a sweep of the spool', () => {
  it('removes the object of a process that was killed before it got the answer', async () => {
    const options = server.options();
    const before = server.keys();
    const id = 'abcdefghijklmnopqrstuvwxyz';
    const { system } = await currentOwner();
    const own = join(options.spool, 'incoming', ownerName({ system, pid: 4_194_305, startedAt: '1' }), id);
    const kept = await put(s3Store(options), Buffer.from('kept'));
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'data'), 'x');
    writeFileSync(join(own, 'sending'), '');
    await rawPut(options, id);
    expect(server.keys()).toHaveLength(before.length + 2);
    await s3Store(options).sweep();
    expect(server.keys()).toEqual([...before, `uploads/files/${kept}`].sort());
    expect(leftIn(options.spool)).toEqual([]);
  });

  it('that fails when the store is made writes an event, and the store still works', async () => {
    const options = server.options();
    const { system } = await currentOwner();
    const own = join(
      options.spool,
      'incoming',
      ownerName({ system, pid: 4_194_305, startedAt: '1' }),
      'c'.repeat(26),
    );
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'sending'), '');
    server.fault = (req, res) => {
      if (req.method === 'DELETE') res.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
      return req.method === 'DELETE';
    };
    const events: SecurityEvent[] = [];
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: async (batch) => void events.push(...batch) }],
    });
    const store = s3Store(options);
    await expect
      .poll(async () => {
        await recorder.flush();
        return events.length;
      })
      .toBe(1);
    configureEvents({ sinks: [] });
    expect(events[0]).toMatchObject({
      code: 'upload/not-swept',
      evidence: { store: 's3', reason: '403 AccessDenied' },
    });
    await put(store, Buffer.from('x'));
    server.fault = undefined;
    expect(await store.sweep()).toEqual({ removed: 1 });
  });

  async function rawPut(options: ReturnType<S3Server['options']>, id: string): Promise<void> {
    const { AwsClient } = await import('aws4fetch');
    const client = new AwsClient({ accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', service: 's3' });
    const url = `${options.endpoint}/${options.bucket}/uploads/files/${id}`;
    expect((await client.fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
  }
});
