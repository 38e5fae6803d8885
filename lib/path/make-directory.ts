import { knownOptions } from '../internal/known-options.ts';
import { fileMode } from './file-mode.ts';
import { groundForChanges } from './ground.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath } from './system-error.ts';
import { walkIntoFolder } from './walk.ts';

export interface DirectoryOptions extends LinkOptions {
  /** Of the new directories, less the umask. 0o700 by default: nobody else enters. */
  readonly mode?: number;
}

/**
 * Makes a directory, and those above it that are missing, below the folder. One that is there already is left as it is.
 *
 * @throws Refusal `path/link`
 * @throws an error of the system, such as ENOTDIR where a file has that name
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
