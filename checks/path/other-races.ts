import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inside, readText } from '../../lib/path/index.ts';
import { startSwapper } from './swapper.ts';

async function inFolder<T>(work: (base: string) => Promise<T>): Promise<T> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-race-')));
  return work(base).finally(() => rm(base, { recursive: true, force: true }));
}

/** Reads a name that is a file at one moment and a FIFO without a writer at the next. */
export function readSwappedForFifo(
  attempts: number,
): Promise<{ readonly read: number; readonly refused: number; readonly swaps: number }> {
  return inFolder(async (root) => {
    await writeFile(join(root, 'file'), 'inside');
    execFileSync('mkfifo', [join(root, 'fifo')]);
    const swapper = await startSwapper('exchange', join(root, 'fifo'), join(root, 'file'));
    const result = { read: 0, refused: 0 };
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        if ((await readText(inside(root, 'file'))) === 'inside') result.read++;
      } catch (error) {
        if ((error as { code?: string }).code === 'path/not-a-file') result.refused++;
      }
    }
    return { ...result, swaps: await swapper.stop() };
  });
}

/** Reads through a link `../file` in a directory that is moved out of the root and back: beside it lies a file of that name there too. */
export function readMoved(
  attempts: number,
): Promise<{ readonly own: number; readonly foreign: number; readonly swaps: number }> {
  return inFolder(async (base) => {
    const root = join(base, 'root');
    await mkdir(join(root, 'a/b'), { recursive: true });
    await mkdir(join(base, 'outside'));
    await writeFile(join(root, 'a/file'), 'inside');
    await writeFile(join(base, 'outside/file'), 'outside');
    await symlink('../file', join(root, 'a/b/up'));
    const swapper = await startSwapper('move', join(root, 'a/b'), join(base, 'outside/b'));
    const result = { own: 0, foreign: 0 };
    for (let attempt = 0; attempt < attempts; attempt++) {
      const text = await readText(inside(root, 'a/b/up')).catch((error: { code?: string }) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text === 'inside') result.own++;
      else if (text !== undefined) result.foreign++;
    }
    return { ...result, swaps: await swapper.stop() };
  });
}
