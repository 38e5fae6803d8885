import { execFileSync } from 'node:child_process';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile as write,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SecurityEvent } from '../event/index.ts';

type Paths = typeof import('./index.ts');

/** The guard as another platform loads it: it asks once. Its system calls are real. */
async function loadedOn(
  platform: string,
): Promise<{ paths: Paths; events: SecurityEvent[]; flush(): Promise<void> }> {
  const own = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor;
  Object.defineProperty(process, 'platform', { ...own, value: platform });
  vi.resetModules();
  try {
    const events: SecurityEvent[] = [];
    const { configureEvents } = await import('../event/index.ts');
    const recorder = configureEvents({
      sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }],
    });
    const paths = await import('./index.ts');
    await paths.listDirectory(paths.rootPath(tmpdir()), { maxEntries: 100_000 });
    return { paths, events, flush: () => recorder.flush() };
  } finally {
    Object.defineProperty(process, 'platform', own);
  }
}

// First, because a process says it once.
describe('on Linux', () => {
  it('reports nothing when it writes', async () => {
    const { paths, events, flush } = await loadedOn('linux');
    const base = await mkdtemp(join(tmpdir(), 'bulwark-path-'));
    await paths.writeFile(paths.inside(base, 'new'), 'x');
    await rm(base, { recursive: true });
    await flush();
    expect(events).toEqual([]);
  });
});

describe('on other platforms', () => {
  let base = '';
  let root = '';
  let elsewhere: Awaited<ReturnType<typeof loadedOn>>;

  beforeAll(async () => {
    base = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-path-')));
    root = join(base, 'root');
    await mkdir(join(root, 'a'), { recursive: true });
    await mkdir(join(base, 'outside'));
    await write(join(base, 'outside/file'), 'outside');
    await write(join(root, 'a/file'), 'inside');
    for (const [name, target] of [
      ['in', 'a'],
      ['in-absolute', join(root, 'a')],
      ['out', '../outside'],
      ['out-file', '../outside/file'],
      ['loop', 'loop'],
    ] as const)
      await symlink(target, join(root, name));
    execFileSync('mkfifo', [join(root, 'fifo')]);
    elsewhere = await loadedOn('darwin');
  });
  afterAll(() => rm(base, { recursive: true, force: true }));

  it('opens no directory, and still finds links', async () => {
    const { inside, readText, realPath } = elsewhere.paths;
    for (const input of ['a/file', 'in/file', 'in-absolute/file']) {
      expect(await readText(inside(root, input))).toBe('inside');
      expect(await realPath(inside(root, input))).toBe(join(root, 'a/file'));
    }
    for (const input of ['out/file', 'out-file', 'loop'])
      await expect(readText(inside(root, input))).rejects.toMatchObject({ code: 'path/link' });
    await expect(readText(inside(root, 'fifo'))).rejects.toMatchObject({ code: 'path/not-a-file' });
    await expect(readText(inside(root, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(readText(inside(root, 'a'))).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(readText(inside(root, 'a/file/x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('refuses a file that was swapped after it was checked', async () => {
    const { nameGround } = await import('./name-ground.ts');
    const folder = await nameGround.enter(await nameGround.enterRoot(root), 'a');
    await write(join(root, 'a/one'), 'one');
    const entry = await nameGround.find(folder, 'one');
    const again = await nameGround.find(folder, 'one');
    const handle = await again.open();
    await handle.close();
    await rm(join(root, 'a/one'));
    await symlink('../../outside/file', join(root, 'a/one'));
    await expect(entry.open()).rejects.toMatchObject({
      code: expect.stringMatching(/^E(?:LOOP|MLINK|NOENT)$/),
    });
    await rm(join(root, 'a/one'));
  });

  it('refuses a file whose directory was moved out after it was checked', async () => {
    const { nameGround } = await import('./name-ground.ts');
    await mkdir(join(root, 'm'));
    await write(join(root, 'm/one'), 'one');
    const entry = await nameGround.find(await nameGround.enter(await nameGround.enterRoot(root), 'm'), 'one');
    await (await entry.open()).close();
    await rename(join(root, 'm'), join(base, 'outside/m'));
    await symlink('../outside/m', join(root, 'm'));
    await expect(entry.open()).rejects.toMatchObject({ code: 'ENOENT' });
    await rm(join(root, 'm'));
  });

  it('reports once that writing is not safe from other processes, and writes', async () => {
    const { inside, makeDirectory, moveFile, readText, removeFile, writeFile } = elsewhere.paths;
    await elsewhere.flush();
    expect(elsewhere.events.map(({ code }) => code)).not.toContain('path/unguarded-platform');
    await makeDirectory(inside(root, 'b/c'));
    await writeFile(inside(root, 'b/c/new'), 'x');
    await writeFile(inside(root, 'b/c/new'), 'y', { overwrite: true });
    await moveFile(inside(root, 'b/c/new'), inside(root, 'b/moved'));
    expect(await readText(inside(root, 'b/moved'))).toBe('y');
    await removeFile(inside(root, 'b/moved'));
    expect(await readdir(join(root, 'b'))).toEqual(['c']);
    await expect(writeFile(inside(root, 'out/new'), 'x')).rejects.toMatchObject({ code: 'path/link' });
    await expect(removeFile(inside(root, 'out/file'))).rejects.toMatchObject({ code: 'path/link' });
    expect(await readFile(join(base, 'outside/file'), 'utf8')).toBe('outside');
    await elsewhere.flush();
    const said = elsewhere.events.filter(({ code }) => code === 'path/unguarded-platform');
    expect(said).toMatchObject([{ action: 'reported', count: 1 }]);
  });
});
