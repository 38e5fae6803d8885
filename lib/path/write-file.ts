import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { byteLimit } from './byte-limit.ts';
import { groundForChanges } from './choose-ground.ts';
import { fileMode } from './file-mode.ts';
import { giveName } from './give-name.ts';
import type { Folder } from './ground.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath } from './system-error.ts';
import { temporaryName } from './temporary-name.ts';
import { walkToFolder } from './walk.ts';

export interface WriteOptions extends LinkOptions {
  /** For the new file, minus the umask of the process. 0o600 by default: nobody else can read it. */
  readonly mode?: number;
  /** Replaces an existing file. By default, that is a system error, EEXIST. */
  readonly overwrite?: boolean;
  /** The largest size of the file. Needed for an iterable, because only its end shows how long it is. */
  readonly maxBytes?: number;
  /** False returns before the file is on the disk: quicker, but a power failure may lose the file. True by default. */
  readonly sync?: boolean;
}

export type WritableData = string | Uint8Array | AsyncIterable<Uint8Array>;

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_WRONLY } = constants;

/**
 * Writes a file: all of it, or nothing. The bytes go to a new file with a random name in the same directory, which is then renamed. Whatever had
 * the name before, even a link or a hard link, is replaced, and never opened or written to.
 *
 * A killed process leaves the file with the random name behind: `isTemporaryName` recognises it.
 *
 * @returns when the file and its name are on the disk
 * @throws Refusal `path/link` for a directory that a link leads out of, `path/too-large`
 * @throws a system error, such as EEXIST or ENOSPC
 *
 * @example
 * ```ts
 * import { inside, writeFile } from 'bulwark/path';
 *
 * const path = inside('/srv/notes', 'today.txt');
 * await writeFile(path, 'Buy milk.\n', { overwrite: true });
 * ```
 */
export async function writeFile(
  path: SafePath,
  data: WritableData,
  options: WriteOptions = {},
): Promise<{ readonly bytes: number }> {
  const own = knownOptions(options, ['links', 'mode', 'overwrite', 'maxBytes', 'sync']);
  const links = readLinks(own);
  const mode = fileMode(own.mode ?? 0o600);
  const chunks = chunksOf(data, own.maxBytes);
  const maxBytes = byteLimit(own.maxBytes ?? Number.MAX_SAFE_INTEGER);
  const [overwrite, sync] = [own.overwrite === true, own.sync !== false];
  routeOf(path);
  const folder = await atPath(path, async () => walkToFolder(await groundForChanges(), path, { links }));
  try {
    const incoming = await atPath(path, () => createIn(folder, mode));
    try {
      const bytes = await fill(incoming.handle, chunks, path, maxBytes);
      await atPath(path, async () => {
        if (sync) await incoming.handle.sync();
        await incoming.handle.close();
        await giveName({ folder, name: incoming.name }, { folder, name: path.name }, { overwrite, sync });
      });
      return { bytes };
    } catch (error) {
      await incoming.handle.close().catch(() => undefined);
      await unlink(folder.at(incoming.name)).catch(() => undefined);
      throw error;
    }
  } finally {
    await folder.close();
  }
}

async function createIn(
  folder: Folder,
  mode: number,
): Promise<{ readonly handle: FileHandle; readonly name: string }> {
  const name = temporaryName();
  return { handle: await open(folder.at(name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode), name };
}

/** Errors of the source are passed on unchanged. */
async function fill(
  handle: FileHandle,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  path: SafePath,
  maxBytes: number,
): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array))
      throw new Misuse('bulwark/invalid-option', 'The data to write is in chunks of Uint8Array.');
    bytes += chunk.byteLength;
    if (bytes > maxBytes) refuse(deny('path/too-large', { input: path.relative.slice(0, 512), maxBytes }));
    // Unlike `write`, writes all of it, at the current position.
    await atPath(path, () => handle.writeFile(chunk));
  }
  return bytes;
}

function chunksOf(
  data: WritableData,
  maxBytes: number | undefined,
): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (typeof data === 'string') return [Buffer.from(data)];
  if (data instanceof Uint8Array) return [data];
  if (typeof data !== 'object' || data === null || !(Symbol.asyncIterator in data))
    throw new Misuse(
      'bulwark/invalid-option',
      'The data to write is a string, a Uint8Array or an async iterable of Uint8Array.',
    );
  if (maxBytes === undefined)
    throw new Misuse(
      'bulwark/invalid-option',
      'Data that arrives in chunks needs maxBytes: how large the file may get.',
    );
  return data;
}
