import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { clamd } from '../../lib/upload/clamd/index.ts';
import { diskStore } from '../../lib/upload/disk/index.ts';
import { uploads } from '../../lib/upload/index.ts';
import type { Scanner } from '../../lib/upload/scanner.ts';
import type { UploadStore } from '../../lib/upload/upload-store.ts';
import { missing } from '../machine/missing.ts';
import { malware, startClamd } from './clamd-daemon.ts';
import { bytesOf, leftIn } from './store-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const reason = missing('clamd');
const host = '127.0.0.1';

describe.skipIf(reason)(`uploads that a real clamd scans${reason ? `: ${reason}` : ''}`, () => {
  let port = 0;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    configureEvents({ sinks: [] });
    ({ port, stop } = await startClamd({ StreamMaxLength: '1M' }));
  });
  afterAll(() => stop?.());

  function receive(store: UploadStore, scan: Scanner, text: string) {
    const body = new FormData();
    body.append('file', new Blob([text], { type: 'text/plain' }), 'notes.txt');
    const request = new Request('https://shop.example/', { method: 'POST', body });
    return uploads({ store, scan, files: { file: { types: ['text/plain'], required: true } } }).receive(
      request,
    );
  }

  it('are ready when they are clean', async () => {
    const store = diskStore({ folder: temporaryFolder() });
    const { files } = await receive(store, clamd({ host, port }), 'some notes');
    expect(files.file.status).toBe('ready');
    expect((await bytesOf(await store.open(files.file.id))).toString()).toBe('some notes');
  });

  it('are refused when they are malware, and nothing of them is left', async () => {
    const folder = temporaryFolder();
    const store = diskStore({ folder });
    await expect(receive(store, clamd({ host, port }), `notes ${malware}`)).rejects.toMatchObject({
      code: 'upload/malware',
    });
    expect(leftIn(folder)).toEqual([]);
  });

  it.each<[string, () => Scanner, string]>([
    ['clamd cannot be reached', () => clamd({ host, port: 9, timeoutMs: 2_000 }), 'some notes'],
    ['the file is over the limit', () => clamd({ host, port, maxBytes: 5 }), 'some notes'],
    ["the file is over clamd's own limit", () => clamd({ host, port }), 'some notes '.repeat(200_000)],
  ])('stay in quarantine when %s, until they are let out', async (_title, scanner, text) => {
    const store = diskStore({ folder: temporaryFolder() });
    const { files } = await receive(store, scanner(), text);
    const { id, status } = files.file;
    expect(status).toBe('quarantined');
    await expect(store.open(id)).rejects.toMatchObject({ code: 'upload/not-found' });
    expect(await store.find(id)).toMatchObject({ id, name: 'notes.txt', status: 'quarantined' });
    await store.release(id);
    expect((await bytesOf(await store.open(id))).toString()).toBe(text);
  });
});
