import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isFileId } from '../file-id.ts';
import type { Layout } from './layout.ts';
import { isRunning, readOwner } from './owner.ts';
import { heartbeatName, type Spool } from './spool.ts';

/** A process that can't be seen is taken for dead after this long without a heartbeat. It writes one every 30 seconds. */
const silentMs = 15 * 60_000;

/** Called with the directory of each file before it is removed. If it rejects, the file stays for the next sweep. */
export type BeforeRemoval = (folder: string, id: string) => Promise<void>;

/**
 * Removes what dead processes left in `incoming/`, and returns the number of files. Names that aren't ours are left alone.
 *
 * A directory is first moved into that of this process. A process that was only suspended then finds nothing, instead of publishing a directory of
 * which a part is gone.
 */
export async function sweepSpool(layout: Layout, spool: Spool, before?: BeforeRemoval): Promise<number> {
  let removed = 0;
  let kept: { readonly error: unknown } | undefined;
  const clearAll = async (folder: string): Promise<void> => {
    try {
      removed += await clear(folder, spool, before);
    } catch (error) {
      kept ??= { error };
    }
  };
  for (const name of await foldersIn(layout.incoming)) {
    const folder = join(layout.incoming, name);
    if (!(await isDead(folder, spool))) continue;
    const claimed = await claim(folder, spool);
    if (claimed) await clearAll(claimed);
  }
  // Leftovers that an earlier sweep could not remove.
  const own = await ownFolder(spool);
  for (const name of own === undefined ? [] : await foldersIn(own)) {
    if (readOwner(name)) await clearAll(join(own as string, name));
  }
  if (kept) throw kept.error;
  return removed;
}

async function isDead(folder: string, spool: Spool): Promise<boolean> {
  const owner = readOwner(basename(folder));
  if (owner === undefined) return false;
  const running = await isRunning(owner, spool.owner);
  if (running !== undefined) return !running;
  const last = (await timeOf(join(folder, heartbeatName))) ?? (await timeOf(folder));
  if (last === undefined) return false;
  // Both times are the file system's own, so the clocks of machines that share it don't matter.
  const beat = await spool.beat().catch(() => undefined);
  const now = beat === undefined ? undefined : await timeOf(beat);
  return now !== undefined && now - last > silentMs;
}

async function timeOf(file: string): Promise<number | undefined> {
  try {
    return (await lstat(file)).mtimeMs;
  } catch {
    return undefined;
  }
}

/** Undefined if it can't be made: on a full disk, on which the sweep is to free space. */
async function ownFolder(spool: Spool): Promise<string | undefined> {
  return spool.folder().catch(() => undefined);
}

/** The new place of the directory, or undefined if another process was faster. */
async function claim(folder: string, spool: Spool): Promise<string | undefined> {
  const own = await ownFolder(spool);
  if (own === undefined) return folder;
  const claimed = join(own, basename(folder));
  try {
    await rename(folder, claimed);
    return claimed;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function clear(folder: string, spool: Spool, before?: BeforeRemoval): Promise<number> {
  let removed = 0;
  let kept: { readonly error: unknown } | undefined;
  for (const name of await foldersIn(folder)) {
    const file = join(folder, name);
    const id = name.split('.')[0];
    try {
      if (readOwner(name)) {
        // Left by a sweep that was killed. Moved up, so that directories don't nest deeper with every start.
        const claimed = await claim(file, spool);
        if (claimed) removed += await clear(claimed, spool, before);
        continue;
      }
      if (before && isFileId(id)) await before(file, id);
      await remove(file);
      if (isFileId(id)) removed++;
    } catch (error) {
      kept ??= { error };
    }
  }
  if (kept) throw kept.error;
  await remove(folder);
  return removed;
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** The subdirectories, without links, which would lead out. Another process may have swept them meanwhile. */
async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
