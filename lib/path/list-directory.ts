import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { ground } from './choose-ground.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath } from './system-error.ts';
import { walkIntoFolder } from './walk.ts';

export interface ListOptions extends LinkOptions {
  /** 10,000 by default. A directory with more is refused. */
  readonly maxEntries?: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
}

/**
 * Lists the names in a directory, sorted by their UTF-16 units. `inside` may refuse a name that it didn't make, such as `a:b`.
 *
 * @throws Refusal `path/link`, `path/too-many-entries`
 * @throws a system error, such as ENOENT: see `isNotFound`
 *
 * @example
 * ```ts
 * import { inside, listDirectory } from 'bulwark/path';
 *
 * await listDirectory(inside('/srv/photos', '2026')); // [{ name: 'sea.jpg', kind: 'file' }]
 * ```
 */
export async function listDirectory(
  path: SafePath,
  options: ListOptions = {},
): Promise<readonly DirectoryEntry[]> {
  const own = knownOptions(options, ['links', 'maxEntries']);
  const links = readLinks(own);
  const maxEntries = own.maxEntries ?? 10_000;
  if (!Number.isSafeInteger(maxEntries) || maxEntries < 0)
    throw new Misuse('bulwark/invalid-option', 'maxEntries takes a whole number, from 0.');
  routeOf(path);
  return atPath(path, async () => {
    const folder = await walkIntoFolder(await ground(), path, { links });
    try {
      const entries: DirectoryEntry[] = [];
      for await (const entry of await opendir(folder.at('.'), plainly)) {
        if (entries.length === maxEntries)
          refuse(deny('path/too-many-entries', { input: path.relative.slice(0, 512), maxEntries }));
        entries.push({ name: entry.name, kind: kindOf(entry) });
      }
      return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    } finally {
      await folder.close();
    }
  });
}

/** All options, because a polluted prototype would fill in the missing ones. */
const plainly = { encoding: 'utf8', bufferSize: 32, recursive: false } as const;

function kindOf(entry: Dirent): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
