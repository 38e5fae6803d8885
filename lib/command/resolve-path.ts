import { ground } from '../path/choose-ground.ts';
import type { Folder } from '../path/ground.ts';
import { realPath } from '../path/real-path.ts';
import type { SafePath } from '../path/safe-path.ts';
import { isNotFound } from '../path/system-error.ts';
import { walkIntoFolder, walkToFolder } from '../path/walk.ts';

/**
 * The absolute path that a program gets: without links, below the root that `inside` was given. A file that does not exist yet gets its future
 * name.
 *
 * @throws Refusal `path/link`
 * @throws a system error, such as ENOENT for its directory
 */
export async function resolvePath(path: SafePath): Promise<string> {
  if (path.relative === '') return placeOf(await walkIntoFolder(await ground(), path, { links: 'inside' }));
  try {
    return await realPath(path);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  const parent = await placeOf(await walkToFolder(await ground(), path, { links: 'inside' }));
  return parent.endsWith('/') ? parent + path.name : `${parent}/${path.name}`;
}

async function placeOf(folder: Folder): Promise<string> {
  try {
    return await folder.where();
  } finally {
    await folder.close();
  }
}
