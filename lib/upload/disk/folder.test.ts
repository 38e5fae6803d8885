import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put } from '../../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../../checks/upload/temporary-folder.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { diskStore } from './index.ts';

/** Makes a store there, and stores a file. */
async function use(folder: string, options: object = {}): Promise<number> {
  await put(diskStore({ folder, ...options }), Buffer.from('x'));
  return statSync(folder).mode & 0o777;
}

function refused(folder: unknown, words: RegExp, options: object = {}): void {
  const make = (): unknown => diskStore({ folder: folder as string, ...options });
  expect(make).toThrow(Misuse);
  expect(make).toThrow(words);
}

describe('the directory of a store', () => {
  it('is created for its account only', async () => {
    expect(await use(join(temporaryFolder(), 'a', 'b'))).toBe(0o700);
  });

  it('may already exist: empty, with files of a store, or as the top of a file system', async () => {
    const folder = temporaryFolder();
    await use(folder);
    mkdirSync(join(folder, 'lost+found'));
    await use(folder);
  });

  it('may be reached through a link', async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    symlinkSync(folder, join(elsewhere, 'link'));
    await use(join(elsewhere, 'link'));
  });

  it.each([undefined, null, 7, '', 'uploads', './uploads', '/tmp/a\0b', ['/tmp']])(
    'is an absolute path, not %j',
    (folder) => {
      refused(folder, /absolute path/);
    },
  );

  it('is not the root of the file system', () => {
    refused('/', /root of the file system/);
    refused('/tmp/..', /root of the file system/);
  });

  it.each(['public', 'static', 'public_html/uploads', 'wwwroot/a/b', 'Public/uploads'])(
    'is not in a web root: %s',
    async (name) => {
      const top = temporaryFolder();
      refused(join(top, name), /web servers serve/);
      await use(join(top, name), { allowServedFolder: true });
      await use(join(top, 'uploads', `x-${name.replaceAll('/', '-')}`));
    },
  );

  it('is not one that a link hides in a web root', () => {
    const top = temporaryFolder();
    mkdirSync(join(top, 'htdocs', 'uploads'), { recursive: true });
    symlinkSync(join(top, 'htdocs', 'uploads'), join(top, 'uploads'));
    refused(join(top, 'uploads'), /web servers serve/);
  });

  it('contains nothing else', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.html'), '');
    refused(folder, /index\.html/);
  });

  it.each([0o777, 0o770, 0o702])('is not one that others write to: %o', async (mode) => {
    const folder = temporaryFolder();
    chmodSync(folder, mode);
    refused(folder, /chmod 700/);
    chmodSync(folder, mode & 0o755);
    await use(folder);
  });

  it('is a directory', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    refused(join(folder, 'file'), /can't be created/);
    refused(join(folder, 'file', 'below'), /can't be created/);
  });

  it('is not replaced by a polluted prototype', () => {
    const folder = temporaryFolder();
    Object.assign(Object.prototype, { allowServedFolder: true, folder });
    try {
      refused(join(folder, 'public'), /web servers serve/);
      expect(() => diskStore({} as never)).toThrow(/absolute path/);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'allowServedFolder');
      Reflect.deleteProperty(Object.prototype, 'folder');
    }
  });

  it('has no option with another name', () => {
    expect(() => diskStore({ directory: '/tmp/a' } as never)).toThrow(/There is no option/);
  });
});
