import { knownOptions } from '../internal/known-options.ts';
import { groundForChanges } from './choose-ground.ts';
import { fileMode } from './file-mode.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath } from './system-error.ts';
import { walkIntoFolder } from './walk.ts';

export interface DirectoryOptions extends LinkOptions {
  /** For the new directories, minus the umask. 0o700 by default: nobody else can enter. */
  readonly mode?: number;
}

/**
 * Makes a directory and its missing parents, below the root. An existing directory is left as it is.
 *
 * @throws Refusal `path/link`
 * @throws a system error, such as ENOTDIR if a file has that name
 *
 * @example
 * ```ts
 * import { inside, makeDirectory } from 'bulwark/path';
 *
 * await makeDirectory(inside('/srv/photos', '2026/12'));
 * ```
 */
export async function makeDirectory(path: SafePath, options: DirectoryOptions = {}): Promise<void> {
  const own = knownOptions(options, ['links', 'mode']);
  const links = readLinks(own);
  const folderMode = fileMode(own.mode ?? 0o700);
  routeOf(path);
  await atPath(path, async () => {
    const folder = await walkIntoFolder(await groundForChanges(), path, { links, folderMode });
    await folder.close();
  });
}
