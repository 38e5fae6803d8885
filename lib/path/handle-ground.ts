import { constants } from 'node:fs';
import { type FileHandle, open, readlink, stat } from 'node:fs/promises';
import type { Entry, Folder, Ground } from './ground.ts';
import { codeOf } from './system-error.ts';

const { O_DIRECTORY, O_NOCTTY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;
/** From <fcntl.h>, the same on every architecture that Node supports: a handle to the place, which reads, runs and waits for nothing. */
const O_PATH = 0o10000000;

/**
 * Linux. Each directory is opened relative to its parent's handle, because `/proc/self/fd/N/name` works like `openat(N, "name")`: whatever happens
 * to the names above, the handle stays on the same directory.
 */
export const handleGround: Ground = {
  holds: true,
  async enterRoot(absolute) {
    return folderOf(await open(absolute, O_PATH | O_DIRECTORY));
  },
  async enter(folder, name) {
    return folderOf(await open(folder.at(name), O_PATH | O_DIRECTORY | O_NOFOLLOW));
  },
  async find(folder, name) {
    const handle = await open(folder.at(name), O_PATH | O_NOFOLLOW);
    try {
      return entryOf(handle, await handle.stat({ bigint: true }));
    } catch (error) {
      await handle.close();
      throw error;
    }
  },
};

/** False on other platforms, and if /proc is not mounted. */
export async function hasHandlePaths(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const root = await open('/', O_PATH | O_DIRECTORY);
  try {
    const [held, named] = await Promise.all([root.stat(), stat(`${pathOf(root)}/.`)]);
    return held.ino === named.ino && held.dev === named.dev;
  } catch (error) {
    // Any other error is temporary, and must not turn the guard off.
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    await root.close();
  }
}

function pathOf(handle: FileHandle): string {
  return `/proc/self/fd/${handle.fd}`;
}

function folderOf(handle: FileHandle): Folder {
  const path = pathOf(handle);
  return {
    // For `.`, `join` would return the link itself.
    at: (name) => `${path}/${name}`,
    where: () => readlink(path),
    readable: () => open(path, O_RDONLY | O_DIRECTORY),
    close: () => handle.close(),
  };
}

function entryOf(handle: FileHandle, stats: Entry['stats']): Entry {
  const path = pathOf(handle);
  return {
    stats,
    // Not by its name: the file that was checked is the file that is opened.
    open: () => open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY),
    where: () => readlink(path),
    close: () => handle.close(),
  };
}
