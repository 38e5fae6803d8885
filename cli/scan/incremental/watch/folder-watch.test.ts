import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFolder, type Folder } from '../../testing/folder.ts';
import { type FolderWatch, watchFolders } from './folder-watch.ts';

let folder: Folder;
let watch: FolderWatch;
afterEach(() => {
  watch.close();
  folder.remove();
});

function start(names: readonly string[], deep?: boolean): Set<string> {
  const seen = new Set<string>();
  watch = watchFolders({
    onChange: (path) => seen.add(path),
    onProblem: (path, problem) => expect.unreachable(`${path}: ${problem}`),
    ...(deep === undefined ? {} : { deep }),
  });
  follow(names);
  return seen;
}

function follow(names: readonly string[]): void {
  watch.follow({ single: [], tops: [folder.path], below: names.map(at), isCut: false });
}

function at(name: string): string {
  return join(folder.path, name);
}

async function sees(seen: Set<string>, name: string): Promise<void> {
  await vi.waitFor(() => expect(seen).toContain(at(name)), { timeout: 10_000 });
  seen.clear();
}

describe('watchFolders', () => {
  it.each([[undefined], [true]])('sees what is written, deep: %s', async (deep) => {
    folder = createFolder({ 'a/b.js': '1' });
    const seen = start(['', 'a'], deep);
    writeFileSync(at('a/b.js'), '2');
    await sees(seen, 'a/b.js');
  });

  it('sees a file that replaces another one, and what is written to that later', async () => {
    folder = createFolder({ 'a.js': '1' });
    const seen = start(['']);
    for (const text of ['2', '3']) {
      writeFileSync(at('a.js.tmp'), text);
      renameSync(at('a.js.tmp'), at('a.js'));
      await sees(seen, 'a.js');
    }
    writeFileSync(at('a.js'), '4');
    await sees(seen, 'a.js');
  });

  it('tells of a new folder, as something may be in it already', async () => {
    folder = createFolder({ 'a.js': '' });
    const seen = start(['']);
    folder.write({ 'new/b.js': '1' });
    await sees(seen, 'new');
    follow(['', 'new']);
    expect(seen).toContain(at('new'));
    seen.clear();
    writeFileSync(at('new/b.js'), '2');
    await sees(seen, 'new/b.js');
  });

  it('follows a folder that was made anew', async () => {
    folder = createFolder({ 'a/b.js': '1' });
    const seen = start(['', 'a']);
    rmSync(at('a'), { recursive: true });
    folder.write({ 'other/c.js': '', 'a/b.js': '2' });
    await sees(seen, 'a');
    follow(['', 'a']);
    writeFileSync(at('a/b.js'), '3');
    await sees(seen, 'a/b.js');
  });

  it('sees nothing any more of a folder that is not followed, nor once it is closed', async () => {
    folder = createFolder({ 'a/b.js': '1', 'c.js': '1' });
    const seen = start(['', 'a']);
    follow(['']);
    writeFileSync(at('a/b.js'), '2');
    writeFileSync(at('c.js'), '2');
    await vi.waitFor(() => expect(seen).toContain(at('c.js')), { timeout: 10_000 });
    expect(seen).not.toContain(at('a/b.js'));
    watch.close();
    seen.clear();
    writeFileSync(at('c.js'), '3');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([...seen]).toEqual([]);
  });

  it('does not mind a folder that is gone', () => {
    folder = createFolder({});
    start(['', 'none']);
    expect(() => follow(['', 'none', 'other'])).not.toThrow();
  });
});
