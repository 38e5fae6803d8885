import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type S3Server, startS3 } from '../../checks/upload/s3-server.ts';
import { leftIn, put } from '../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../checks/upload/temporary-folder.ts';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { readText } from '../path/index.ts';
import { diskStore } from './disk/index.ts';
import { type Scanner, scanAgain, type UploadStore } from './index.ts';
import { s3Store } from './s3/index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({
  sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
});
let server: S3Server;
beforeAll(async () => {
  server = await startS3();
});
afterAll(() => server.close());
beforeEach(() => void events.splice(0));

/** Reads the file, as a real scanner does. */
const scanner: Scanner = {
  async scan({ path, bytes }) {
    const text = await readText(path);
    expect(Buffer.byteLength(text)).toBe(bytes);
    return text.includes('EICAR') ? { clean: false, signature: 'Eicar-Test' } : { clean: true };
  },
};
const away: Scanner = { scan: async () => ({ unknown: 'connection refused' }) };
const broken: Scanner = { scan: () => Promise.reject(new Error('no scanner')) };

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

describe.each(Object.entries(stores))('scanAgain %s', (_where, make) => {
  it('releases a clean file', async () => {
    const { store, left } = make();
    const id = await put(store, Buffer.from('clean'), 'quarantined');
    await expect(store.open(id)).rejects.toMatchObject({ code: 'upload/not-found' });
    expect(await scanAgain(store, id, scanner)).toBe('ready');
    const file = await store.open(id);
    expect(file.record.status).toBe('ready');
    await file.close();
    expect(left()).toEqual([]);
  });

  it('removes malware, with an event', async () => {
    const { store } = make();
    const id = await put(store, Buffer.from('EICAR'), 'quarantined');
    expect(await scanAgain(store, id, scanner)).toBe('removed');
    expect(await store.find(id)).toBeUndefined();
    await recorder.flush();
    const found = events.filter(({ code }) => code === 'upload/malware');
    expect(found).toMatchObject([{ evidence: { malware: 'Eicar-Test' } }]);
  });

  it.each([
    ['can not tell', away],
    ['fails', broken],
  ])('leaves the file in quarantine if the scanner %s', async (_, unsure) => {
    const { store } = make();
    const id = await put(store, Buffer.from('EICAR'), 'quarantined');
    expect(await scanAgain(store, id, unsure)).toBe('quarantined');
    expect((await store.find(id))?.status).toBe('quarantined');
  });

  it('does not scan a file that is ready, and refuses what is no id', async () => {
    const { store } = make();
    const id = await put(store, Buffer.from('EICAR'));
    expect(await scanAgain(store, id, scanner)).toBe('ready');
    expect((await store.find(id))?.status).toBe('ready');
    for (const other of ['a'.repeat(26), '../../etc/passwd', ''])
      await expect(scanAgain(store, other, scanner)).rejects.toMatchObject({ code: 'upload/not-found' });
  });

  it('takes no option of opening from a polluted prototype', async () => {
    const { store } = make();
    const id = await put(store, Buffer.from('held'), 'quarantined');
    try {
      (Object.prototype as { allowQuarantined?: boolean }).allowQuarantined = true;
      await expect(store.open(id)).rejects.toMatchObject({ code: 'upload/not-found' });
    } finally {
      delete (Object.prototype as { allowQuarantined?: boolean }).allowQuarantined;
    }
  });
});
