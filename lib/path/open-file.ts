import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { ground } from './choose-ground.ts';
import type { Entry } from './ground.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath, systemError } from './system-error.ts';
import { walkToEntry } from './walk.ts';

export interface OpenOptions extends LinkOptions {
  /** Opens a file that has other names too, which may be outside the directory. */
  readonly allowHardLinks?: boolean;
}

/** A regular file, open for reading. */
export interface OpenedFile {
  /** Close it, or read it through a stream, which closes it. */
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly modifiedAt: Date;
  /** Changes with the content. It consists of the size and of the times of the last changes in nanoseconds. Use it for an ETag. */
  readonly version: string;
}

export const openOptions: readonly (keyof OpenOptions)[] = ['links', 'allowHardLinks'];

/**
 * Opens a file for reading. Guarantee on Linux: it is a regular file that is inside the directory while it is opened, whatever another process
 * does to the directories meanwhile. Opening never waits, and never touches a device.
 *
 * @throws Refusal `path/link`, `path/not-a-file`, `path/hard-link`
 * @throws a system error, such as ENOENT: see `isNotFound`
 *
 * @example
 * ```ts
 * import { inside, openFile } from 'bulwark/path';
 *
 * const { handle, bytes } = await openFile(inside('/srv/photos', 'sea.jpg'));
 * bytes; // 48213
 * for await (const chunk of handle.createReadStream()) chunk; // a Buffer; the stream closes the handle
 * ```
 */
export async function openFile(path: SafePath, options: OpenOptions = {}): Promise<OpenedFile> {
  const own = knownOptions(options, openOptions);
  const links = readLinks(own);
  routeOf(path);
  return atPath(path, async () => {
    const entry = await walkToEntry(await ground(), path, { links });
    try {
      requireFile(path, entry.stats);
      return await openEntry(path, entry, own.allowHardLinks === true);
    } finally {
      await entry.close();
    }
  });
}

async function openEntry(path: SafePath, entry: Entry, allowHardLinks: boolean): Promise<OpenedFile> {
  const handle = await entry.open();
  try {
    const stats = await handle.stat({ bigint: true });
    requireFile(path, stats);
    if (!allowHardLinks) await requireOneName(path, handle, stats);
    return {
      handle,
      bytes: Number(stats.size),
      modifiedAt: stats.mtime,
      version: [stats.size, stats.mtimeNs, stats.ctimeNs].map((part) => part.toString(36)).join('-'),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** `writeFile` links a new file to its name before it removes the temporary one, which takes microseconds. */
const triesForOneName = 8;
const pauseMs = 4;

async function requireOneName(path: SafePath, handle: FileHandle, stats: BigIntStats): Promise<void> {
  for (let { nlink } = stats, tries = 1; nlink > 1n; tries++) {
    if (tries > triesForOneName) {
      refuse(deny('path/hard-link', { input: path.relative.slice(0, 512), names: Number(nlink) }));
    }
    await wait(pauseMs);
    ({ nlink } = await handle.stat({ bigint: true }));
  }
}

function requireFile(path: SafePath, stats: BigIntStats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory())
    throw systemError('EISDIR', 'illegal operation on a directory', 'open', path.absolute);
  refuse(deny('path/not-a-file', { input: path.relative.slice(0, 512), kind: kindOf(stats) }));
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : 'something else';
}
