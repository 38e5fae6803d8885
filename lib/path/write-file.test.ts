import { execFileSync } from 'node:child_process';
import {
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile as write,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import {
  inside,
  isTemporaryName,
  listDirectory,
  makeDirectory,
  moveFile,
  openFile,
  readText,
  removeFile,
  rootPath,
  type WritableData,
  writeFile,
} from './index.ts';

let base = '';
let root = '';

beforeEach(async () => {
  configureEvents({ sinks: [] });
  base = await mkdtemp(join(tmpdir(), 'bulwark-path-'));
  root = join(base, 'root');
  await mkdir(join(root, 'a'), { recursive: true });
  await mkdir(join(base, 'outside'));
  await write(join(base, 'outside/file'), 'outside');
  await symlink('../outside', join(root, 'out'));
  await symlink('../outside/file', join(root, 'out-file'));
  await symlink('../outside/new', join(root, 'out-new'));
  await symlink('a', join(root, 'in'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

const at = (input: string) => inside(root, input);
const refusedAs = (code: string): object => expect.objectContaining({ name: 'Refusal', code });
const invalid = expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' });
const handles = async (): Promise<number> => (await readdir('/proc/self/fd')).length;
const outside = async (): Promise<unknown> => [
  await readdir(join(base, 'outside')),
  await readFile(join(base, 'outside/file'), 'utf8'),
];
const untouched = [['file'], 'outside'];

describe('writeFile', () => {
  it('writes text, bytes and chunks, for the owner alone', async () => {
    expect(await writeFile(at('text'), 'na\u00efve')).toEqual({ bytes: 6 });
    expect(await writeFile(at('a/bytes'), new Uint8Array([1, 2]))).toEqual({ bytes: 2 });
    expect(
      await writeFile(at('in/chunks'), Readable.from([Buffer.from('x'), Buffer.from('yz')]), { maxBytes: 3 }),
    ).toEqual({ bytes: 3 });
    expect(await writeFile(at('empty'), '')).toEqual({ bytes: 0 });
    expect([await readText(at('text')), await readText(at('a/chunks')), await readText(at('empty'))]).toEqual(
      [...['na\u00efve', 'xyz', '']],
    );
    expect((await stat(join(root, 'text'))).mode & 0o777).toBe(0o600);
    await writeFile(at('shared'), 'x', { mode: 0o640, sync: false });
    expect((await stat(join(root, 'shared'))).mode & 0o777).toBe(0o640 & ~process.umask());
    expect((await readdir(join(root, 'a'))).sort()).toEqual(['bytes', 'chunks']);
  });

  it('keeps a file of that name unless it is told to overwrite it', async () => {
    await writeFile(at('file'), 'old', { mode: 0o644 });
    await expect(writeFile(at('file'), 'new')).rejects.toMatchObject({
      code: 'EEXIST',
      path: join(root, 'file'),
    });
    expect(await readText(at('file'))).toBe('old');
    const before = await openFile(at('file'));
    await writeFile(at('file'), 'new', { overwrite: true });
    expect(await readText(at('file'))).toBe('new');
    expect((await stat(join(root, 'file'))).mode & 0o777).toBe(0o600);
    // A reader of the old file reads it to its end.
    expect(await before.handle.readFile('utf8')).toBe('old');
    await before.handle.close();
    expect((await readdir(root)).filter(isTemporaryName)).toEqual([]);
  });

  it('lets only one of many writers create a name', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        writeFile(at('one'), `${index}`.padStart(2, '0'), { sync: false }),
      ),
    );
    const won = results.findIndex(({ status }) => status === 'fulfilled');
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readText(at('one'))).toBe(`${won}`.padStart(2, '0'));
    expect((await readdir(root)).filter(isTemporaryName)).toEqual([]);
  });

  it('can be read at once, while its temporary name goes', async () => {
    for (let round = 0; round < 100; round++) {
      const written = writeFile(at(`r-${round}`), 'x', { sync: false });
      for (let read = ''; read === ''; ) {
        read = await readText(at(`r-${round}`)).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return '';
          throw error;
        });
      }
      await written;
    }
  });

  it('replaces links, hard links and FIFOs, and touches nothing that they lead to', async () => {
    await link(join(base, 'outside/file'), join(root, 'hard'));
    execFileSync('mkfifo', [join(root, 'fifo')]);
    for (const name of ['out-file', 'out-new', 'hard', 'fifo']) {
      await expect(writeFile(at(name), 'mine'), name).rejects.toMatchObject({ code: 'EEXIST' });
      await writeFile(at(name), 'mine', { overwrite: true });
      expect((await lstat(join(root, name))).isFile(), name).toBe(true);
      expect(await readText(at(name))).toBe('mine');
    }
    expect(await outside()).toEqual(untouched);
    await expect(writeFile(at('a'), 'x', { overwrite: true })).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('refuses a directory outside the root, and makes none', async () => {
    for (const overwrite of [true, false]) {
      await expect(writeFile(at('out/file'), 'x', { overwrite })).rejects.toEqual(refusedAs('path/link'));
      await expect(writeFile(at('out/new'), 'x', { overwrite })).rejects.toEqual(refusedAs('path/link'));
      await expect(writeFile(at('none/new'), 'x', { overwrite })).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(writeFile(at('in/new'), 'x', { overwrite, links: 'refuse' })).rejects.toEqual(
        refusedAs('path/link'),
      );
      await expect(writeFile(rootPath(root), 'x', { overwrite })).rejects.toMatchObject({ code: 'EISDIR' });
    }
    expect(await outside()).toEqual(untouched);
    expect(await readdir(join(root, 'a'))).toEqual([]);
  });

  it('leaves nothing of data that is too long, cut off or not bytes', async () => {
    async function* cut(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' });
    }
    const before = await handles();
    await expect(writeFile(at('new'), cut(), { maxBytes: 100 })).rejects.toThrow('read ECONNRESET');
    await expect(writeFile(at('new'), '12345', { maxBytes: 4 })).rejects.toEqual(refusedAs('path/too-large'));
    await expect(writeFile(at('new'), Readable.from([Buffer.alloc(9)]), { maxBytes: 8 })).rejects.toEqual(
      refusedAs('path/too-large'),
    );
    await expect(writeFile(at('new'), Readable.from(['text']) as never, { maxBytes: 8 })).rejects.toEqual(
      invalid,
    );
    expect(await readdir(root)).toEqual(['a', 'in', 'out', 'out-file', 'out-new']);
    expect(await handles()).toBe(before);
    expect(await writeFile(at('new'), '1234', { maxBytes: 4 })).toEqual({ bytes: 4 });
  });

  it('ends a source that is too long', async () => {
    const endless = Readable.from(
      (async function* () {
        for (;;) yield Buffer.alloc(1_000);
      })(),
    );
    await expect(writeFile(at('new'), endless, { maxBytes: 10_000 })).rejects.toEqual(
      refusedAs('path/too-large'),
    );
    expect(endless.destroyed).toBe(true);
  });

  it('refuses invalid arguments', async () => {
    for (const data of [undefined, null, 7, {}, [1], new Blob(['x'])])
      await expect(writeFile(at('new'), data as unknown as WritableData)).rejects.toEqual(invalid);
    await expect(writeFile(at('new'), Readable.from([]))).rejects.toEqual(invalid);
    for (const options of [
      { mode: 0o4755 },
      { mode: '600' },
      { mode: -1 },
      { maxBytes: -1 },
      { overWrite: true },
    ])
      await expect(writeFile(at('new'), 'x', options as never)).rejects.toEqual(invalid);
    await expect(writeFile(join(root, 'new') as never, 'x')).rejects.toMatchObject({
      code: 'path/not-a-safe-path',
    });
    expect(await readdir(root)).not.toContain('new');
  });
});

describe('removeFile', () => {
  it('removes the name, and not what a link or another name leads to', async () => {
    await writeFile(at('a/file'), 'x');
    await link(join(base, 'outside/file'), join(root, 'hard'));
    for (const name of ['in/file', 'out-file', 'hard', 'in']) await removeFile(at(name));
    expect(await readdir(root)).toEqual(['a', 'out', 'out-new']);
    expect(await readdir(join(root, 'a'))).toEqual([]);
    expect(await outside()).toEqual(untouched);
  });

  it('removes nothing outside the root, no directory, and not the root itself', async () => {
    await expect(removeFile(at('out/file'))).rejects.toEqual(refusedAs('path/link'));
    await expect(removeFile(at('none'))).rejects.toMatchObject({ code: 'ENOENT', path: join(root, 'none') });
    await expect(removeFile(at('a'))).rejects.toMatchObject({
      code: expect.stringMatching(/^E(?:ISDIR|PERM)$/),
    });
    await expect(removeFile(rootPath(root))).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await outside()).toEqual(untouched);
    expect(await readdir(root)).toContain('a');
  });
});

describe('makeDirectory', () => {
  it('makes what is missing, through links that stay inside', async () => {
    await makeDirectory(at('in/b/c'));
    await makeDirectory(at('in/b/c'));
    await makeDirectory(at('p/q'), { mode: 0o750 });
    expect((await stat(join(root, 'a/b/c'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(root, 'p'))).mode & 0o777).toBe(0o750 & ~process.umask());
    await makeDirectory(rootPath(root));
    await Promise.all(Array.from({ length: 20 }, () => makeDirectory(at('many/at/once'))));
    expect(await readdir(join(root, 'many/at'))).toEqual(['once']);
  });

  it('makes none outside the root', async () => {
    await symlink('../outside/deep', join(root, 'dangling'));
    for (const input of ['out/new', 'out', 'out-new', 'out-new/x', 'dangling/x', 'dangling'])
      await expect(makeDirectory(at(input)), input).rejects.toEqual(refusedAs('path/link'));
    await writeFile(at('file'), 'x');
    await expect(makeDirectory(at('file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(makeDirectory(at('file/x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(await outside()).toEqual(untouched);
  });
});

describe('moveFile', () => {
  it('moves a file, and replaces one only if told to', async () => {
    await writeFile(at('one'), 'one');
    await writeFile(at('a/two'), 'two');
    await expect(moveFile(at('one'), at('in/two'))).rejects.toMatchObject({ code: 'EEXIST' });
    await moveFile(at('one'), at('in/two'), { overwrite: true });
    await moveFile(at('in/two'), at('three'), { sync: false });
    expect(await readText(at('three'))).toBe('one');
    expect(await readdir(join(root, 'a'))).toEqual([]);
  });

  it('moves nothing in or out', async () => {
    await writeFile(at('one'), 'one');
    await expect(moveFile(at('one'), at('out/new'))).rejects.toEqual(refusedAs('path/link'));
    await expect(moveFile(at('out/file'), at('new'))).rejects.toEqual(refusedAs('path/link'));
    await expect(moveFile(at('one'), rootPath(root))).rejects.toMatchObject({ code: 'EISDIR' });
    await moveFile(at('out-file'), at('link'));
    expect((await lstat(join(root, 'link'))).isSymbolicLink()).toBe(true);
    expect(await outside()).toEqual(untouched);
  });
});

describe('listDirectory', () => {
  it('lists names and kinds, up to a limit', async () => {
    await writeFile(at('\u00e9t\u00e9'), 'x');
    execFileSync('mkfifo', [join(root, 'fifo')]);
    expect(await listDirectory(rootPath(root))).toEqual([
      { name: 'a', kind: 'directory' },
      { name: 'fifo', kind: 'other' },
      { name: 'in', kind: 'link' },
      { name: 'out', kind: 'link' },
      { name: 'out-file', kind: 'link' },
      { name: 'out-new', kind: 'link' },
      { name: '\u00e9t\u00e9', kind: 'file' },
    ]);
    expect(await listDirectory(at('in'))).toEqual([]);
    await expect(listDirectory(rootPath(root), { maxEntries: 6 })).rejects.toEqual(
      refusedAs('path/too-many-entries'),
    );
    expect(await listDirectory(rootPath(root), { maxEntries: 7 })).toHaveLength(7);
    await expect(listDirectory(rootPath(root), { maxEntries: 0.5 })).rejects.toEqual(invalid);
  });

  it('lists nothing outside the root', async () => {
    await expect(listDirectory(at('out'))).rejects.toEqual(refusedAs('path/link'));
    await expect(listDirectory(at('none'))).rejects.toMatchObject({ code: 'ENOENT' });
    await writeFile(at('file'), 'x');
    await expect(listDirectory(at('file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
