import { lstat, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../disk/sync-folder.ts';

const name = 'sending';

/**
 * Notes durably that an object for this file may be in the bucket. While the note exists, the object was not acknowledged, and the next sweep
 * removes it.
 */
export async function noteIntent(folder: string): Promise<void> {
  const handle = await open(join(folder, name), 'wx', 0o600);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(folder);
}

/** Removes the note: from now on, the object stays. */
export async function clearIntent(folder: string): Promise<void> {
  await rm(join(folder, name));
  await syncFolder(folder);
}

export async function hasIntent(folder: string): Promise<boolean> {
  try {
    return (await lstat(join(folder, name))).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
