import { lstat } from 'node:fs/promises';
import { knownOptions } from '../internal/known-options.ts';
import { ground } from './choose-ground.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath, systemError } from './system-error.ts';
import { walkToEntry } from './walk.ts';

/**
 * The absolute path of an existing file or directory, without links, for a program or library that accepts only names. Nobody but you may be able
 * to change the directories until it has opened the file. If others can, copy the file into a directory of your own first.
 *
 * @throws Refusal `path/link`
 * @throws a system error, such as ENOENT: see `isNotFound`
 *
 * @example
 * ```ts
 * import { inside, realPath } from 'bulwark/path';
 *
 * await realPath(inside('/srv/photos', 'newest')); // '/srv/photos/2026/sea.jpg', if `newest` is a link to it
 * ```
 */
export async function realPath(path: SafePath, options: LinkOptions = {}): Promise<string> {
  const links = readLinks(knownOptions(options, ['links']));
  routeOf(path);
  return atPath(path, async () => {
    const entry = await walkToEntry(await ground(), path, { links });
    try {
      const found = await entry.where();
      // For a file that was removed meanwhile, the handle gives `/srv/photos/sea.jpg (deleted)`.
      const stats = await lstat(found, { bigint: true });
      if (stats.ino === entry.stats.ino && stats.dev === entry.stats.dev) return found;
      throw systemError('ENOENT', 'no such file or directory', 'open', path.absolute);
    } finally {
      await entry.close();
    }
  });
}
