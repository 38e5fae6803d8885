import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from '../../../checks/upload/s3-server.ts';
import { bytesOf, leftIn, put, recordOf } from '../../../checks/upload/store-files.ts';
import { configureEvents } from '../../event/index.ts';
import { createFetch } from '../../fetch/index.ts';
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

  // s3rver treats an end of 0 as none, so no range ends there.
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
      '\u5199\u771f'.repeat(100),
      'a\r\nX-Evil: 1',
      '__proto__',
      '\ud83e\udd8a'.repeat(127),
    ]) {
      expect((await store.find(await put(store, Buffer.from('x'), 'ready', name)))?.name).toBe(name);
    }
  });

  it('is removed, whether published or quarantined', async () => {
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

  it('is stored through a guarded fetch too', async () => {
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

  it('keeps a file whose copy failed although the service answered 200', async () => {
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
