import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isFileId } from '../file-id.ts';
import type { Layout } from './layout.ts';
import { isRunning, readOwner } from './owner.ts';
import { heartbeatName, type Spool } from './spool.ts';

/** A process that can't be seen is taken for dead after so long without a heartbeat. It writes one every 30 seconds. */
const silentMs = 15 * 60_000;

/**
 * Removes what dead processes left in `incoming/`, and gives the number of files. Names that aren't ours are left alone.
 *
 * @param before is called with the folder of each file before that is removed; if it rejects, the file stays for the next time
 */
export async function sweepSpool(
  layout: Layout,
  spool: Spool,
  before?: (folder: string, id: string) => Promise<void>,
): Promise<number> {
  let removed = 0;
  for (const entry of await readdir(layout.incoming, { withFileTypes: true })) {
    const folder = join(layout.incoming, entry.name);
    // A link would lead out.
    if (entry.isDirectory() && (await isDead(folder, spool))) removed += await clear(folder, before);
  }
  return removed;
}

async function isDead(folder: string, spool: Spool): Promise<boolean> {
  const owner = readOwner(basename(folder));
  if (owner === undefined) return false;
  const running = await isRunning(owner, spool.owner);
  if (running !== undefined) return !running;
  const last = (await timeOf(join(folder, heartbeatName))) ?? (await timeOf(folder));
  if (last === undefined) return false;
  // Both times are the file system's own, so that the clocks of machines that share it don't matter.
  const now = await timeOf(await spool.beat());
  return now !== undefined && now - last > silentMs;
}

async function timeOf(file: string): Promise<number | undefined> {
  try {
    return (await lstat(file)).mtimeMs;
  } catch {
    return undefined;
  }
}

async function clear(
  folder: string,
  before?: (folder: string, id: string) => Promise<void>,
): Promise<number> {
  let removed = 0;
  let kept: { readonly error: unknown } | undefined;
  for (const name of await list(folder)) {
    const file = join(folder, name);
    const id = name.split('.')[0];
    try {
      if (before && isFileId(id)) await before(file, id);
      await rm(file, { recursive: true, force: true, maxRetries: 3 });
      if (isFileId(id)) removed++;
    } catch (error) {
      kept ??= { error };
    }
  }
  if (kept) throw kept.error;
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  return removed;
}

/** Another process may have swept it meanwhile. */
async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
