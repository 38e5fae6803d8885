import { unlink } from 'node:fs/promises';
import { knownOptions } from '../internal/known-options.ts';
import { groundForChanges } from './choose-ground.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath } from './system-error.ts';
import { walkToFolder } from './walk.ts';

/**
 * Removes a file's name from its directory. If the name is a link, only the link is removed, not its target. Other names of the same file stay.
 *
 * @throws Refusal `path/link` for a directory that a link leads out of
 * @throws a system error, such as ENOENT: see `isNotFound`
 *
 * @example
 * ```ts
 * import { inside, removeFile } from 'bulwark/path';
 *
 * await removeFile(inside('/srv/notes', 'today.txt'));
 * ```
 */
export async function removeFile(path: SafePath, options: LinkOptions = {}): Promise<void> {
  const links = readLinks(knownOptions(options, ['links']));
  routeOf(path);
  await atPath(path, async () => {
    const folder = await walkToFolder(await groundForChanges(), path, { links });
    await unlink(folder.at(path.name)).finally(() => folder.close());
  });
}
