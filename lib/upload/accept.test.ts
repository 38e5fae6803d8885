import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildZip } from '../../checks/upload/archive-zip-builder.ts';
import { temporaryFolder } from '../../checks/upload/temporary-folder.ts';
import { image, png, uploadTest } from '../../checks/upload/upload-test.ts';
import { hasPrlimit } from '../internal/process/limit-command.ts';
import { inside } from '../path/index.ts';
import { unpack } from './archive/index.ts';
import type { Scanner } from './index.ts';

const { disk, guard, refused } = uploadTest();
const noLimits = hasPrlimit() ? '' : ': needs Linux with prlimit';

function fileOf(name: string, data: Uint8Array | string) {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), data);
  return inside(folder, name);
}

describe('accept', () => {
  it('stores a local file like receive stores one from a form', async () => {
    const path = fileOf('me.png', png);
    const file = await guard().accept('avatar', path);
    expect(file).toMatchObject({ field: 'avatar', name: 'me.png', type: 'image/png', status: 'ready' });
    expect(await disk().store.find(file.id)).toEqual(file);
    expect(await disk().read(file.id)).toEqual(png);
    expect(readdirSync(path.root)).toEqual(['me.png']);
  });

  it('accepts another name, as data', async () => {
    const path = fileOf('data', png);
    expect(await guard().accept('avatar', path, { name: '../../Zo\u00eb.png' })).toMatchObject({
      name: 'Zo\u00eb.png',
      extension: 'png',
    });
    expect(await guard().accept('avatar', path, { name: '' })).toMatchObject({ name: 'file' });
  });

  it('refuses other content, another extension, and too many bytes', async () => {
    const uploads = guard({ avatar: { ...image, maxBytes: 100 } });
    await refused(uploads.accept('avatar', fileOf('me.png', '<?php ?>')), 'upload/type-not-allowed');
    await refused(uploads.accept('avatar', fileOf('me.php', png)), 'upload/extension-mismatch');
    const long = Buffer.concat([png, Buffer.alloc(100)]);
    await refused(uploads.accept('avatar', fileOf('me.png', long)), 'upload/too-large', { field: 'avatar' });
    await refused(uploads.accept('avatar', fileOf('me.png', '')), 'upload/type-not-allowed');
    expect((await uploads.accept('avatar', fileOf('me.png', png))).bytes).toBe(png.length);
  });

  it('accepts an empty file if its type may be empty', async () => {
    const uploads = guard({ list: { types: ['text/csv'] } });
    expect((await uploads.accept('list', fileOf('a.csv', ''))).bytes).toBe(0);
  });

  it('scans the file', async () => {
    const scan: Scanner = { scan: async () => ({ clean: false, signature: 'Eicar' }) };
    await refused(guard(undefined, { scan }).accept('avatar', fileOf('me.png', png)), 'upload/malware');
    const down: Scanner = { scan: async () => ({ unknown: 'down' }) };
    const file = await guard(undefined, { scan: down }).accept('avatar', fileOf('me.png', png));
    expect(file.status).toBe('quarantined');
  });

  it('follows no link out of the directory', async () => {
    const path = fileOf('me.png', png);
    symlinkSync('/etc/passwd', join(path.root, 'link.png'));
    await refused(guard().accept('avatar', inside(path.root, 'link.png')), 'path/link');
    const none = guard().accept('avatar', inside(path.root, 'none.png'));
    await expect(none).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('accepts only a listed field and a SafePath', async () => {
    const path = fileOf('me.png', png);
    for (const misused of [
      guard().accept('other', path),
      guard().accept('avatar', path.absolute as never),
      guard().accept('avatar', undefined as never),
      guard().accept('avatar', path, { name: 5 as never }),
      guard().accept('avatar', path, { nam: 'a' } as never),
    ]) {
      await expect(misused).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    }
    expect(disk().left()).toEqual([]);
  });

  it('stops when the signal is aborted', async () => {
    const path = fileOf('me.png', Buffer.concat([png, Buffer.alloc(2_000_000)]));
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(guard().accept('avatar', path, { signal: gone })).rejects.toThrow('gone');
    const during = new AbortController();
    const stopped = guard().accept('avatar', path, { signal: during.signal });
    during.abort(new Error('stopped'));
    await expect(stopped).rejects.toThrow('stopped');
    expect(disk().left()).toEqual([]);
  });

  it.each(['name', 'start', 'end', 'highWaterMark'])(
    'does the same with a polluted prototype: %s',
    async (name) => {
      const path = fileOf('me.png', png);
      const uploads = guard();
      const value = name === 'name' ? 'me.php' : 1;
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      try {
        const { id, name: kept } = await uploads.accept('avatar', path);
        expect([kept, (await disk().store.find(id))?.bytes]).toEqual(['me.png', png.length]);
      } finally {
        delete (Object.prototype as Record<string, unknown>)[name];
      }
    },
  );

  it.skipIf(noLimits)(`accepts the files of unpack${noLimits}`, async () => {
    const zip = buildZip([
      { name: '2026/me.png', data: png },
      { name: 'shell.php', data: '<?php ?>' },
    ]);
    const archive = fileOf('all.zip', zip);
    const [photo, shell] = await unpack(archive, inside(archive.root, 'all'));
    const uploads = guard({ avatar: image });
    expect((await uploads.accept('avatar', photo?.path as never)).name).toBe('me.png');
    await expect(uploads.accept('avatar', shell?.path as never)).rejects.toMatchObject({
      code: 'upload/type-not-allowed',
    });
  });
});
