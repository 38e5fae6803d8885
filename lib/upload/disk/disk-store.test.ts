import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, leftIn, put, recordOf } from '../../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../../checks/upload/temporary-folder.ts';
import { configureEvents } from '../../event/index.ts';
import { diskStore } from './index.ts';

configureEvents({ sinks: [] });

const notFound = { code: 'upload/not-found', status: 404 };

function open() {
  const folder = temporaryFolder();
  return { folder, store: diskStore({ folder }) };
}

describe('a file on disk', () => {
  it.each([0, 1, 65_536, 3_000_000])('of %i bytes comes back as it was stored', async (bytes) => {
    const { store } = open();
    const data = randomBytes(bytes);
    const id = await put(store, data);
    expect(id).toMatch(/^[a-z2-7]{26}$/);
    const file = await store.open(id);
    expect(file.record).toEqual(recordOf(id, bytes));
    expect((await bytesOf(file)).equals(data)).toBe(true);
  });

  it('gives the range that is asked for', async () => {
    const { store } = open();
    const data = randomBytes(1_000_000);
    const id = await put(store, data);
    for (const [start, end] of [
      [0, 0],
      [999_999, 999_999],
      [100, 700_000],
    ] as const) {
      const part = await bytesOf(await store.open(id), { start, end });
      expect(part.equals(data.subarray(start, end + 1))).toBe(true);
    }
  });

  it('keeps any name from the user only as data', async () => {
    const { folder, store } = open();
    const names = ['../../etc/passwd', 'a\0b', '.htaccess', '\u5199\u771f.png', 'CON', '__proto__'];
    const ids = await Promise.all(names.map((name) => put(store, Buffer.from('x'), 'ready', name)));
    for (const [at, id] of ids.entries()) expect((await store.find(id))?.name).toBe(names[at]);
    expect(
      leftIn(folder).every((path) => /^files\/[a-z2-7]{2}\/[a-z2-7]{26}(\/(data|record\.json))?$/.test(path)),
    ).toBe(true);
  });

  it('can be read only by its own account', async () => {
    const { folder, store } = open();
    const before = process.umask(0);
    try {
      await put(store, Buffer.from('x'));
    } finally {
      process.umask(before);
    }
    for (const entry of readdirSync(folder, { recursive: true })) {
      expect(lstatSync(join(folder, String(entry))).mode & 0o077).toBe(0);
    }
  });

  it('may be replaced before it is published', async () => {
    const { folder, store } = open();
    const file = await store.begin();
    await file.write(Buffer.from('with metadata'));
    await file.flush();
    expect(readFileSync(file.path.absolute, 'utf8')).toBe('with metadata');
    await file.replace(async (path) => writeFile(path.absolute, 'new', { mode: 0o644 }));
    await file.publish(recordOf(file.id, 3));
    expect((await bytesOf(await store.open(file.id))).toString()).toBe('new');
    expect(leftIn(folder)).toHaveLength(3);
  });

  it('stays as it was if its replacement fails or is a link', async () => {
    const { store } = open();
    const file = await store.begin();
    await file.write(Buffer.from('old'));
    await expect(
      file.replace(async (path) => {
        await writeFile(path.absolute, 'half');
        throw new Error('no image');
      }),
    ).rejects.toMatchObject({ code: 'upload/store-failed' });
    await expect(
      file.replace(async (path) => symlinkSync('/etc/passwd', path.absolute)),
    ).rejects.toMatchObject({ code: 'upload/store-failed' });
    await file.publish(recordOf(file.id, 3));
    expect((await bytesOf(await store.open(file.id))).toString()).toBe('old');
  });

  it('is removed, while another one stays', async () => {
    const { folder, store } = open();
    const [one, other] = [
      await put(store, Buffer.from('1')),
      await put(store, Buffer.from('2'), 'quarantined'),
    ];
    await store.remove(one);
    await expect(store.open(one)).rejects.toMatchObject(notFound);
    expect(await store.find(one)).toBeUndefined();
    expect(leftIn(folder)).toEqual(
      [0, 1, 2].map((at) => `quarantine/${other}${['', '/data', '/record.json'][at]}`),
    );
    await store.remove(other);
    await store.remove(other);
    expect(leftIn(folder)).toEqual([]);
  });
});

describe('quarantine', () => {
  it('is never served from, and a file that is let out is', async () => {
    const { store } = open();
    const id = await put(store, Buffer.from('EICAR'), 'quarantined');
    await expect(store.open(id)).rejects.toMatchObject(notFound);
    expect((await store.find(id))?.status).toBe('quarantined');
    await store.release(id);
    expect((await store.find(id))?.status).toBe('ready');
    expect((await bytesOf(await store.open(id))).toString()).toBe('EICAR');
    await store.release(id);
  });

  it('releases a file once, however many calls ask for it at once, and removes a removed one', async () => {
    const { folder, store } = open();
    const ids = await Promise.all(
      Array.from({ length: 10 }, () => put(store, Buffer.from('x'), 'quarantined')),
    );
    await Promise.all(ids.flatMap((id) => [store.release(id), store.release(id), store.release(id)]));
    for (const id of ids) expect((await store.find(id))?.status).toBe('ready');
    const ends = await Promise.allSettled(
      ids.flatMap((id) => [store.remove(id), store.release(id), store.remove(id)]),
    );
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject(notFound);
    await Promise.all(ids.map((id) => store.remove(id)));
    expect(leftIn(folder)).toEqual([]);
  });

  it('has nothing to release under an unknown id', async () => {
    const { store } = open();
    await expect(store.release('a'.repeat(26))).rejects.toMatchObject(notFound);
  });
});

describe('an id', () => {
  it.each([
    '../../../etc/passwd',
    '..',
    '',
    'A'.repeat(26),
    `${'a'.repeat(26)}\n`,
    `${'a'.repeat(25)}/`,
    `${'a'.repeat(24)}%2e`,
    'a'.repeat(27),
    '__proto__',
  ])('of another form is in no path: %j', async (id) => {
    const { folder, store } = open();
    const kept = await put(store, Buffer.from('x'));
    await expect(store.open(id)).rejects.toMatchObject(notFound);
    expect(await store.find(id)).toBeUndefined();
    await expect(store.release(id)).rejects.toMatchObject(notFound);
    await store.remove(id);
    expect(leftIn(folder)).toHaveLength(3);
    await (await store.open(kept)).close();
  });

  it('may be something other than a string', async () => {
    const { store } = open();
    const list = ['a'.repeat(26)] as never;
    await expect(store.open(list)).rejects.toMatchObject(notFound);
    expect(await store.find({ toString: () => 'a'.repeat(26) } as never)).toBeUndefined();
  });
});

describe('an upload that is not published', () => {
  it('is visible to nobody, and leaves nothing', async () => {
    const { folder, store } = open();
    const file = await store.begin();
    await file.write(randomBytes(2_000_000));
    await file.flush();
    expect(await store.find(file.id)).toBeUndefined();
    await expect(store.open(file.id)).rejects.toMatchObject(notFound);
    await file.discard();
    await file.discard();
    expect(leftIn(folder)).toEqual([]);
    await expect(file.publish(recordOf(file.id, 2_000_000))).rejects.toMatchObject({
      code: 'upload/store-failed',
    });
    expect(leftIn(folder)).toEqual([]);
  });

  it('may be discarded while it is being written', async () => {
    const { folder, store } = open();
    const file = await store.begin();
    for (let i = 0; i < 20; i++)
      void Promise.resolve(file.write(randomBytes(300_000))).catch(() => undefined);
    await file.discard();
    expect(leftIn(folder)).toEqual([]);
  });

  it.each([
    ['fewer bytes than its record says', 4],
    ['more bytes than its record says', 2],
  ])('has %s', async (_title, bytes) => {
    const { folder, store } = open();
    const file = await store.begin();
    await file.write(Buffer.from('abc'));
    await expect(file.publish(recordOf(file.id, bytes))).rejects.toMatchObject({
      code: 'upload/store-failed',
    });
    expect(leftIn(folder)).toEqual([]);
  });

  it('has the record of another file', async () => {
    const { folder, store } = open();
    const file = await store.begin();
    await expect(file.publish(recordOf('b'.repeat(26), 0))).rejects.toMatchObject({
      code: 'upload/store-failed',
    });
    expect(leftIn(folder)).toEqual([]);
  });
});

describe('resources', () => {
  it('are freed after 300 files: published, discarded, failed, read, cut off', async () => {
    const { folder, store } = open();
    await put(store, Buffer.from('x'));
    const handles = (): number => readdirSync('/proc/self/fd').length;
    const before = handles();
    for (let i = 0; i < 60; i++) {
      const id = await put(store, randomBytes(100));
      await bytesOf(await store.open(id));
      await (await store.open(id)).close();
      const stream = (await store.open(id)).read();
      await new Promise((resolve) => stream.once('close', resolve).destroy());
      const file = await store.begin();
      await file.write(randomBytes(100));
      await file.discard();
      await (await store.begin()).publish(recordOf(id, 0)).catch(() => undefined);
    }
    expect(handles()).toBe(before);
    expect(leftIn(join(folder, 'incoming'))).toEqual([]);
  });

  it('are limited: a sender waits for the disk', async () => {
    const { store } = open();
    const file = await store.begin();
    let waits = 0;
    for (let i = 0; i < 100; i++) {
      const waiting = file.write(Buffer.alloc(100_000));
      if (waiting) waits++;
      await waiting;
    }
    expect(waits).toBeGreaterThan(2);
    await file.publish(recordOf(file.id, 10_000_000));
  });
});
