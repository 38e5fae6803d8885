import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from '../../checks/upload/s3-server.ts';
import { leftIn, put } from '../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../checks/upload/temporary-folder.ts';
import { configureEvents } from '../event/index.ts';
import { readText, type SafePath } from '../path/index.ts';
import { diskStore } from './disk/index.ts';
import { type UploadStore, withUpload } from './index.ts';
import { s3Store } from './s3/index.ts';

configureEvents({ sinks: [] });

let server: S3Server;
beforeAll(async () => {
  server = await startS3();
});
afterAll(() => server.close());

const text = Buffer.from('sku,price\n1,2\n');
const secret = Buffer.from('not scanned');

const stores: Readonly<Record<string, () => { store: UploadStore; left: () => readonly string[] }>> = {
  'on disk': () => {
    const folder = temporaryFolder();
    return { store: diskStore({ folder }), left: () => leftIn(join(folder, 'incoming')) };
  },
  'in a bucket': () => {
    const options = server.options();
    return { store: s3Store(options), left: () => leftIn(options.spool) };
  },
};

describe.each(Object.entries(stores))('withUpload %s', (_where, make) => {
  it('passes a path that Node and programs can read, and leaves nothing behind', async () => {
    const { store, left } = make();
    const id = await put(store, text);
    let used: SafePath | undefined;
    const result = await withUpload(store, id, async (path, record) => {
      used = path;
      expect(record.id).toBe(id);
      expect(await readText(path, { maxBytes: 100 })).toBe(text.toString());
      return execFileSync('cat', [path.absolute], { encoding: 'utf8' });
    });
    expect(result).toBe(text.toString());
    expect(used).toBeDefined();
    expect(left()).toEqual([]);
    expect((await store.find(id))?.status).toBe('ready');
  });

  it('leaves nothing behind when the work fails, and throws its error', async () => {
    const { store, left } = make();
    const id = await put(store, text);
    const failing = withUpload(store, id, (path) => {
      expect(readFileSync(path.absolute)).toEqual(text);
      throw new TypeError('the work failed');
    });
    await expect(failing).rejects.toThrow('the work failed');
    expect(left()).toEqual([]);
    expect((await store.find(id))?.bytes).toBe(text.length);
  });

  it('refuses a quarantined file, another id and a path, before the work begins', async () => {
    const { store } = make();
    const quarantined = await put(store, secret, 'quarantined');
    for (const id of [quarantined, 'a'.repeat(26), '../../etc/passwd', '']) {
      const opened = withUpload(store, id, () => expect.unreachable());
      await expect(opened).rejects.toMatchObject({ code: 'upload/not-found' });
    }
    await store.release(quarantined);
    expect(await withUpload(store, quarantined, (_path, { bytes }) => bytes)).toBe(secret.length);
  });

  it('needs a function', async () => {
    const { store } = make();
    await expect(withUpload(store, 'a', undefined as never)).rejects.toMatchObject({
      code: 'bulwark/invalid-option',
    });
  });
});

describe('withUpload in a bucket that fails', () => {
  it('throws a refusal, and leaves no copy behind', async () => {
    const { store, left } = stores['in a bucket']?.() ?? expect.unreachable();
    const id = await put(store, text);
    server.fault = ({ method }, res) => {
      if (method !== 'GET') return false;
      res.writeHead(403).end();
      return true;
    };
    const opened = withUpload(store, id, () => expect.unreachable());
    await expect(opened).rejects.toMatchObject({ code: 'upload/store-failed' });
    server.fault = undefined;
    expect(left()).toEqual([]);
  });
});
