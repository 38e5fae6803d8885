import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, put } from '../../../checks/upload/store-files.ts';
import { temporaryFolder } from '../../../checks/upload/temporary-folder.ts';
import { configureEvents } from '../../event/index.ts';
import { diskStore } from './index.ts';

configureEvents({ sinks: [] });

const notFound = { code: 'upload/not-found', status: 404 };
const damagedFile = { code: 'upload/damaged-file', status: 500 };

function open() {
  const folder = temporaryFolder();
  return { folder, store: diskStore({ folder }) };
}

describe('a file that somebody changed in the store', () => {
  it.each([
    ['was cut', (folder: string) => truncateSync(join(folder, 'data'), 2), damagedFile],
    ['is a link', (folder: string) => link(join(folder, 'data')), damagedFile],
    ['is a pipe', (folder: string) => pipe(join(folder, 'data')), damagedFile],
    ['has no record', (folder: string) => rmSync(join(folder, 'record.json')), damagedFile],
    ['has a link as its record', (folder: string) => link(join(folder, 'record.json')), damagedFile],
    ['has a record of another', (folder: string) => alter(folder, { id: 'c'.repeat(26) }), damagedFile],
    ['has a record without a name', (folder: string) => alter(folder, { name: undefined }), damagedFile],
    ['has a huge record', (folder: string) => alter(folder, { name: 'a'.repeat(1_000_000) }), damagedFile],
    [
      'has no JSON as its record',
      (folder: string) => writeFileSync(join(folder, 'record.json'), '{'),
      damagedFile,
    ],
    ['is gone', (folder: string) => rmSync(folder, { recursive: true }), notFound],
  ])('%s', async (_title, change, expected) => {
    const { folder, store } = open();
    const [id, other] = [await put(store, Buffer.from('abc')), await put(store, Buffer.from('abc'))];
    change(join(folder, 'files', id.slice(0, 2), id));
    await expect(store.open(id)).rejects.toMatchObject(expected);
    expect((await bytesOf(await store.open(other))).toString()).toBe('abc');
    await store.remove(id);
    await expect(store.open(id)).rejects.toMatchObject(notFound);
  });

  function link(path: string): void {
    rmSync(path);
    symlinkSync('/etc/hostname', path);
  }
  function pipe(path: string): void {
    rmSync(path);
    execFileSync('mkfifo', [path]);
  }
  function alter(folder: string, change: object): void {
    const file = join(folder, 'record.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
  }
});
