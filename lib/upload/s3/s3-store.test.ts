import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from '../../../checks/upload/s3-server.ts';
import { bytesOf, leftIn, put, recordOf } from '../../../checks/upload/store-files.ts';
import { configureEvents } from '../../event/index.ts';
import type { SecurityEvent } from '../../event/security-event.ts';
import { createFetch } from '../../fetch/index.ts';
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

const notFound = { code: 'upload/not-found', status: 404 };
const failed = { code: 'upload/store-failed', status: 503 };

function open(options: object = {}) {
  const all = { ...server.options(), ...options };
  return { store: s3Store(all), spool: all.spool };
}

function causeOf(error: unknown): unknown {
  return (error as { detail: { cause: string } }).detail.cause;
}

describe('a file in a bucket', () => {
  it.each([0, 1, 300_000, 3_000_000])('of %i bytes comes back as it was stored', async (bytes) => {
    const { store, spool } = open();
    const data = randomBytes(bytes);
    const id = await put(store, data);
    const file = await store.open(id);
    expect(file.record).toEqual(recordOf(id, bytes));
    expect((await bytesOf(file)).equals(data)).toBe(true);
    expect(leftIn(spool)).toEqual([]);
    expect(server.keys()).toContain(`uploads/files/${id}`);
  });

  // s3rver reads an end of 0 as none, so that no range ends there.
  it('gives the range that is asked for', async () => {
    const { store } = open();
    const data = randomBytes(500_000);
    const id = await put(store, data);
    for (const [start, end] of [
      [0, 1],
      [499_999, 499_999],
      [100, 400_000],
    ] as const) {
      const part = await bytesOf(await store.open(id), { start, end });
      expect(part.equals(data.subarray(start, end + 1))).toBe(true);
    }
  });

  it('keeps any name as data', async () => {
    const { store } = open();
    for (const name of [
      '../../etc/passwd',
      '写真'.repeat(100),
      'a\r\nX-Evil: 1',
      '__proto__',
      '🦊'.repeat(127),
    ]) {
      expect((await store.find(await put(store, Buffer.from('x'), 'ready', name)))?.name).toBe(name);
    }
  });

  it('is removed, in whichever place it is', async () => {
    const { store } = open();
    const [one, other] = [
      await put(store, Buffer.from('1')),
      await put(store, Buffer.from('2'), 'quarantined'),
    ];
    await store.remove(one);
    await store.remove(other);
    await store.remove(one);
    await expect(store.open(one)).rejects.toMatchObject(notFound);
    expect(await store.find(other)).toBeUndefined();
    expect(server.keys().filter((key) => key.endsWith(one) || key.endsWith(other))).toEqual([]);
  });

  it('may be replaced before it is published', async () => {
    const { store } = open();
    const file = await store.begin();
    await file.write(Buffer.from('with metadata'));
    await file.replace((path) => writeFile(path.absolute, 'new'));
    await file.publish(recordOf(file.id, 3));
    expect((await bytesOf(await store.open(file.id))).toString()).toBe('new');
  });

  it('is stored by a guarded fetch too', async () => {
    const { port } = new URL(server.options().endpoint);
    const fetch = createFetch({
      hosts: ['127.0.0.1'],
      allowPrivate: [{ host: '127.0.0.1', cidr: '127.0.0.0/8', ports: [Number(port)] }],
      methods: ['GET', 'HEAD', 'PUT', 'DELETE'],
    } as never);
    const { store } = open({ fetch });
    const data = randomBytes(1_000_000);
    const id = await put(store, data);
    expect((await bytesOf(await store.open(id))).equals(data)).toBe(true);
  });
});

describe('quarantine in a bucket', () => {
  it('is never served from, and a file that is let out is', async () => {
    const { store } = open();
    const id = await put(store, Buffer.from('EICAR'), 'quarantined');
    await expect(store.open(id)).rejects.toMatchObject(notFound);
    expect((await store.find(id))?.status).toBe('quarantined');
    await store.release(id);
    expect((await bytesOf(await store.open(id))).toString()).toBe('EICAR');
    expect(server.keys()).not.toContain(`uploads/quarantine/${id}`);
    await store.release(id);
    await expect(store.release('a'.repeat(26))).rejects.toMatchObject(notFound);
  });

  it('keeps a file whose copy failed, though the service answered 200', async () => {
    const { store } = open();
    const id = await put(store, Buffer.from('EICAR'), 'quarantined');
    server.fault = (req, res) => {
      if (req.headers['x-amz-copy-source'] === undefined) return false;
      res.end('<?xml version="1.0"?><Error><Code>InternalError</Code></Error>');
      return true;
    };
    await expect(store.release(id)).rejects.toMatchObject(failed);
    await expect(store.open(id)).rejects.toMatchObject(notFound);
    server.fault = undefined;
    await store.release(id);
    await (await store.open(id)).close();
  });
});

describe('an id of another form', () => {
  it.each(['../../x', '', 'A'.repeat(26), `${'a'.repeat(25)}/`, `${'a'.repeat(26)}?acl`, '__proto__'])(
    'is in no request: %j',
    async (id) => {
      const { store } = open();
      const before = server.requests.length;
      await expect(store.open(id)).rejects.toMatchObject(notFound);
      expect(await store.find(id)).toBeUndefined();
      await expect(store.release(id)).rejects.toMatchObject(notFound);
      await store.remove(id);
      expect(server.requests.length).toBe(before);
    },
  );
});

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

  it('stores the file and loses the answer: it is taken back', async () => {
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

  it('stores the file, loses the answer and goes away: a sweep takes it back', async () => {
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

  it('cuts a download: the stream fails, and never ends early', async () => {
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

  it('is let go when the reader goes', async () => {
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

/** The service does what it was asked, and its answer never arrives. */
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
  it('removes the object of a process that was killed before it was told', async () => {
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

  it('that fails when the store is made is an event, and the store works all the same', async () => {
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

describe('the options of an S3 store', () => {
  it.each([
    { endpoint: 'ftp://a' },
    { endpoint: 'https://s3.example.com/bucket' },
    { endpoint: 'https://user:pw@s3.example.com' },
    { endpoint: 'http://s3.example.com' },
    { bucket: '../other' },
    { bucket: 'A' },
    { region: 'a b' },
    { accessKeyId: '' },
    { secretAccessKey: 'a string' },
    { prefix: '../' },
    { prefix: 'uploads' },
    { prefix: '/' },
    { spool: 'here' },
    { timeoutMs: 0 },
    { fetch: 'fetch' },
    { buckets: 'a' },
  ])('are refused: %j', (options) => {
    expect(() => open(options)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });

  it('are taken', () => {
    open({
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      prefix: '',
      fetch: async () => new Response(),
    });
    open({
      endpoint: 'http://minio:9000',
      prefix: 'shop/uploads/',
      allowHttp: true,
      fetch: async () => new Response(),
    });
  });
});
