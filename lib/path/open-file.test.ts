import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile as write } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { inside, isNotFound, openFile, readFile, readText, realPath } from './index.ts';

let base = '';
let root = '';

beforeAll(async () => {
  configureEvents({ sinks: [] });
  base = await mkdtemp(join(tmpdir(), 'bulwark-path-'));
  base = await realpath(base);
  root = join(base, 'root');
  await mkdir(join(root, 'a/b'), { recursive: true });
  await mkdir(join(base, 'root-private'));
  await write(join(base, 'secret'), 'outside');
  await write(join(base, 'root-private/secret'), 'outside');
  await write(join(root, 'file'), 'inside');
  await write(join(root, 'a/b/file'), 'deep');
});
afterAll(() => rm(base, { recursive: true, force: true }));

const text = (input: string, options = {}): Promise<string> => readText(inside(root, input), options);
const refusedAs = (code: string): object => expect.objectContaining({ name: 'Refusal', code });
const handles = async (): Promise<number> => (await readdir('/proc/self/fd')).length;

async function links(...targets: [name: string, target: string][]): Promise<void> {
  for (const [name, target] of targets) await symlink(target, join(root, name));
}

describe('openFile', () => {
  it('opens a file with its size, time and version', async () => {
    const opened = await openFile(inside(root, 'a/b/file'));
    const again = await openFile(inside(root, 'a/b/file'));
    expect([opened.bytes, opened.version]).toEqual([4, again.version]);
    expect(opened.modifiedAt.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(await opened.handle.readFile('utf8')).toBe('deep');
    await Promise.all([opened.handle.close(), again.handle.close()]);
    await write(join(root, 'a/b/file'), 'DEEP');
    const changed = await openFile(inside(root, 'a/b/file'));
    expect(changed.version).not.toBe(opened.version);
    await changed.handle.close();
  });

  it.each([
    ['nothing', 'none', 'ENOENT'],
    ['nothing in a directory that is missing', 'none/none', 'ENOENT'],
    ['a directory', 'a', 'EISDIR'],
    ['something below a file', 'file/x', 'ENOTDIR'],
  ])('rejects with an error of the system for %s, which names no handle', async (_, input, code) => {
    const error: unknown = await text(input).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, path: join(root, input) });
    expect(String(error)).not.toContain('/proc');
    expect(isNotFound(error)).toBe(true);
  });

  it('follows links that stay inside, however they are written', async () => {
    await links(
      ...([
        ['to-file', 'file'],
        ['to-folder', 'a/b'],
        ['a/up', '../file'],
        ['a/b/dots', './.././/../a/b/../../file'],
        ['absolute', join(root, 'file')],
        ['absolute-folder', join(root, 'a')],
        ['of-link', 'to-folder/dots'],
        ['itself', root],
        ['here', '.'],
      ] as [string, string][]),
    );
    expect(await text('to-file')).toBe('inside');
    expect(await text('to-folder/file')).toBe('DEEP');
    expect(await text('a/up')).toBe('inside');
    expect(await text('to-folder/dots')).toBe('inside');
    expect(await text('absolute')).toBe('inside');
    expect(await text('absolute-folder/b/file')).toBe('DEEP');
    expect(await text('of-link')).toBe('inside');
    expect(await text('itself/itself/here/file')).toBe('inside');
    expect(await realPath(inside(root, 'of-link'))).toBe(join(root, 'file'));
    await expect(text('to-file', { links: 'refuse' })).rejects.toEqual(refusedAs('path/link'));
    await expect(text('to-folder/file', { links: 'refuse' })).rejects.toEqual(refusedAs('path/link'));
    expect(await text('a/b/file', { links: 'refuse' })).toBe('DEEP');
  });

  it('accepts a root that is a link, and absolute links by either of its names', async () => {
    const alias = join(base, 'alias');
    await symlink('root', alias);
    await symlink(join(alias, 'file'), join(root, 'by-alias'));
    expect(await readText(inside(alias, 'file'))).toBe('inside');
    expect(await readText(inside(alias, 'absolute'))).toBe('inside');
    expect(await readText(inside(alias, 'by-alias'))).toBe('inside');
    await expect(text('by-alias')).rejects.toEqual(refusedAs('path/link'));
  });

  it('refuses links that lead out, at any place and in any number', async () => {
    await links(
      ...([
        ['out', '../secret'],
        ['out-absolute', join(base, 'secret')],
        ['out-folder', '..'],
        ['out-beside', '../root-private'],
        ['out-beside-absolute', join(base, 'root-private')],
        ['out-and-in', '../root/file'],
        ['out-later', 'a/../../secret'],
        ['out-by-link', 'to-folder/../../../secret'],
        ['out-by-two', 'out-folder'],
        ['out-proc', '/proc/self/environ'],
        ['out-self', '/proc/self/cwd'],
        ['out-slash', '/'],
        ['out-dev', '/dev/zero'],
        ['loop', 'loop'],
        ['ping', 'pong'],
        ['pong', 'ping'],
        ['deeper', 'deeper/x'],
      ] as [string, string][]),
    );
    for (const input of [
      ...['out', 'out-absolute', 'out-folder/secret', 'out-beside/secret', 'out-beside-absolute/secret'],
      ...['out-and-in', 'out-later', 'out-by-link', 'out-by-two/secret', 'out-proc', 'out-self/package.json'],
      ...['out-slash/etc/passwd', 'out-dev', 'loop', 'ping', 'deeper'],
    ]) {
      await expect(text(input), input).rejects.toEqual(refusedAs('path/link'));
      await expect(realPath(inside(root, input)), input).rejects.toEqual(refusedAs('path/link'));
    }
    expect(await text('a/up')).toBe('inside');
  });

  it('follows a link with a dot or a slash at its end only to a directory, as the system does', async () => {
    await links(['slash', 'file/'], ['dot', 'file/.'], ['folder-slash', 'a/b/'], ['up-and-dot', 'a/..']);
    await expect(text('slash')).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(text('dot')).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(text('up-and-dot')).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await text('folder-slash/file')).toBe('DEEP');
    expect(await text('up-and-dot/up-and-dot/file')).toBe('inside');
    expect(await realPath(inside(root, 'up-and-dot'))).toBe(root);
  });

  it('follows 40 links in a row, and refuses 41', async () => {
    for (let at = 0; at < 41; at++) await links([`chain-${at}`, at === 0 ? 'file' : `chain-${at - 1}`]);
    expect(await text('chain-39')).toBe('inside');
    await expect(text('chain-40')).rejects.toEqual(refusedAs('path/link'));
  });

  it('limits the cost of links', async () => {
    await links(['long', `${'a/../'.repeat(800)}file`], ['wide', `${'a/b/../../'.repeat(10)}file`]);
    await expect(text('long')).rejects.toEqual(refusedAs('path/link'));
    expect(await text('wide')).toBe('inside');
    let deep = '';
    for (let at = 0; at < 4; at++) {
      const next = Array(40).fill(`d${at}`).join('/');
      await mkdir(join(root, deep, next), { recursive: true });
      await symlink(next, join(root, deep, 'down'));
      deep = join(deep, next);
    }
    await write(join(root, deep, 'file'), 'x');
    const input = (levels: number): string => `${'down/'.repeat(levels)}down`;
    await expect(text(input(2))).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(text(input(3))).rejects.toEqual(refusedAs('path/link'));
  });

  it('confines a directory inside the root too', async () => {
    await mkdir(join(root, 'users/42'), { recursive: true });
    await mkdir(join(root, 'users/43'), { recursive: true });
    await write(join(root, 'users/43/diary'), 'of 43');
    await write(join(root, 'users/42/diary'), 'of 42');
    await links(
      ...([
        ['users/42/up', '../43/diary'],
        ['users/42/own', join(root, 'users/42/diary')],
        ['users/42/other', join(root, 'users/43/diary')],
        ['me', 'users/42'],
      ] as [string, string][]),
    );
    for (const folder of [
      inside(root, 'users/42'),
      inside(root, 'me'),
      inside(inside(root, 'users'), '42'),
    ]) {
      expect(await readText(inside(folder, 'diary'))).toBe('of 42');
      expect(await readText(inside(folder, 'own'))).toBe('of 42');
      await expect(readText(inside(folder, 'up'))).rejects.toEqual(refusedAs('path/link'));
      await expect(readText(inside(folder, 'other'))).rejects.toEqual(refusedAs('path/link'));
    }
    expect(await text('users/42/up')).toBe('of 43');
  });

  it('refuses FIFOs, sockets and devices without waiting for them', async () => {
    execFileSync('mkfifo', [join(root, 'fifo')]);
    const server = createServer().listen(join(root, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    await expect(text('fifo')).rejects.toEqual(refusedAs('path/not-a-file'));
    await expect(text('socket')).rejects.toEqual(refusedAs('path/not-a-file'));
    server.close();
    for (const device of ['null', 'zero', 'tty', 'full'])
      await expect(readFile(inside('/dev', device))).rejects.toEqual(refusedAs('path/not-a-file'));
    // Its text is `pipe:[1]` or a path elsewhere. Followed by the system it would be what standard input is.
    await expect(readFile(inside('/proc/self/fd', '0'))).rejects.toThrow();
    await expect(readFile(inside('/proc/self', 'root/etc/passwd'))).rejects.toEqual(refusedAs('path/link'));
    expect((await readFile(inside('/proc/self', 'status'))).toString()).toContain('Pid:');
  });

  it('refuses a file with a second name unless hard links are allowed', async () => {
    await link(join(base, 'secret'), join(root, 'hard'));
    await expect(text('hard')).rejects.toEqual(refusedAs('path/hard-link'));
    expect(await text('hard', { allowHardLinks: true })).toBe('outside');
    await rm(join(base, 'secret'));
    expect(await text('hard')).toBe('outside');
    await write(join(base, 'secret'), 'outside');
  });

  it('leaves no handle open, whatever happens', async () => {
    await text('file');
    const before = await handles();
    for (const input of [
      'file',
      'to-folder/dots',
      'none',
      'a',
      'file/x',
      'out',
      'loop',
      'long',
      'fifo',
      'down/down/down/down',
    ])
      await text(input).catch(() => undefined);
    await link(join(root, 'file'), join(root, 'second'));
    await text('second').catch(() => undefined);
    await rm(join(root, 'second'));
    expect(await handles()).toBe(before);
  });

  it('accepts only paths from inside, and only known options', async () => {
    const misuse = (code: string): object => expect.objectContaining({ name: 'Misuse', code });
    for (const path of [join(root, 'file'), { ...inside(root, 'file') }, undefined])
      await expect(openFile(path as never)).rejects.toEqual(misuse('path/not-a-safe-path'));
    for (const options of [
      { links: 'follow' },
      { allowHardlinks: true },
      { maxBytes: -1 },
      { maxBytes: 0.5 },
    ])
      await expect(readFile(inside(root, 'file'), options as never)).rejects.toEqual(
        misuse('bulwark/invalid-option'),
      );
  });

  it('takes no options from a polluted prototype', async () => {
    await link(join(root, 'file'), join(root, 'twice'));
    try {
      Object.assign(Object.prototype, { allowHardLinks: true, maxBytes: 1 });
      await expect(text('twice')).rejects.toEqual(refusedAs('path/hard-link'));
      await expect(text('twice', { allowHardLinks: true })).resolves.toBe('inside');
    } finally {
      Reflect.deleteProperty(Object.prototype, 'allowHardLinks');
      Reflect.deleteProperty(Object.prototype, 'maxBytes');
      await rm(join(root, 'twice'));
    }
  });
});
