import { type BigIntStats, constants } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry, Folder, Ground } from './ground.ts';
import { systemError } from './system-error.ts';

/** Windows has neither. */
const {
  O_NOFOLLOW = 0,
  O_NONBLOCK = 0,
  O_RDONLY,
} = constants as Partial<typeof constants> & { O_RDONLY: number };

/**
 * For platforms where a path can't start at a directory's handle. Names are checked before and after a file is opened, so links that lead out are
 * found, but not a process that changes the tree at the right moment.
 */
export const nameGround: Ground = {
  holds: false,
  async enterRoot(absolute) {
    const path = await realpath(absolute);
    return folderOf(path, await lstat(path, { bigint: true }));
  },
  async enter(folder, name) {
    const path = folder.at(name);
    return folderOf(path, await lstat(path, { bigint: true }));
  },
  async find(folder, name) {
    const path = folder.at(name);
    return entryOf(path, await lstat(path, { bigint: true }));
  },
};

function folderOf(path: string, stats: BigIntStats): Folder {
  if (!stats.isDirectory()) throw systemError('ENOTDIR', 'not a directory', 'open', path);
  return {
    at: (name) => join(path, name),
    where: () => realpath(path),
    readable: async () => undefined,
    close: async () => undefined,
  };
}

function entryOf(path: string, stats: BigIntStats): Entry {
  return {
    stats,
    async open() {
      const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      try {
        const opened = await handle.stat({ bigint: true });
        // The names were walked without following links. A name that has become a link since then shows in the real path.
        const isSame =
          opened.ino === stats.ino && opened.dev === stats.dev && (await realpath(path)) === path;
        if (!isSame) throw systemError('ENOENT', 'no such file or directory', 'open', path);
        return handle;
      } catch (error) {
        await handle.close();
        throw error;
      }
    },
    where: () => realpath(path),
    close: async () => undefined,
  };
}
