import { knownOptions } from '../internal/known-options.ts';
import { groundForChanges } from './choose-ground.ts';
import { giveName } from './give-name.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath } from './system-error.ts';
import { walkToFolder } from './walk.ts';

export interface MoveOptions extends LinkOptions {
  /** Replaces an existing file. By default, that is a system error, EEXIST. */
  readonly overwrite?: boolean;
  /** False returns before the new name is on the disk. True by default. */
  readonly sync?: boolean;
}

/**
 * Moves a file, within a directory or to another one on the same file system. If it is a link, the link itself is moved.
 *
 * @returns when the new name is on the disk
 * @throws Refusal `path/link` for a directory that a link leads out of
 * @throws a system error, such as EEXIST, or EXDEV for another file system
 *
 * @example
 * ```ts
 * import { inside, moveFile } from 'bulwark/path';
 *
 * await moveFile(inside('/srv/incoming', 'k3v9'), inside('/srv/photos', '2026/sea.jpg'));
 * ```
 */
export async function moveFile(from: SafePath, to: SafePath, options: MoveOptions = {}): Promise<void> {
  const own = knownOptions(options, ['links', 'overwrite', 'sync']);
  const links = readLinks(own);
  routeOf(from);
  routeOf(to);
  const ground = await groundForChanges();
  const source = await atPath(from, () => walkToFolder(ground, from, { links }));
  try {
    const target = await atPath(to, () => walkToFolder(ground, to, { links }));
    try {
      const names = [
        { folder: source, name: from.name },
        { folder: target, name: to.name },
      ] as const;
      await atPath(to, () =>
        giveName(...names, { overwrite: own.overwrite === true, sync: own.sync !== false }),
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
