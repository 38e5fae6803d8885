import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { byteLimit } from './byte-limit.ts';
import { fileMode } from './file-mode.ts';
import { giveName } from './give-name.ts';
import { type Folder, groundForChanges } from './ground.ts';
import { type LinkOptions, readLinks } from './link-options.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { atPath } from './system-error.ts';
import { temporaryName } from './temporary-name.ts';
import { walkToFolder } from './walk.ts';

export interface WriteOptions extends LinkOptions {
  /** Of the new file, less the umask of the process. 0o600 by default: nobody else reads it. */
  readonly mode?: number;
  /** Replaces a file of that name. By default it is an error of the system, EEXIST. */
  readonly overwrite?: boolean;
  /** How large the file may get. Needed for an iterable, as only its end says how long it is. */
  readonly maxBytes?: number;
  /** False returns before the disk has the file: quicker, and a power failure may lose it. True by default. */
  readonly sync?: boolean;
}

export type WritableData = string | Uint8Array | AsyncIterable<Uint8Array>;

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_WRONLY } = constants;

/**
 * Writes a file: all of it, or nothing. The bytes go to a new file with a random name in the same folder, which then gets the name. What had the name
 * before, also a link or a hard link, is replaced and never opened or written to.
 *
 * A process that is killed leaves the random name behind: `isTemporaryName` tells it.
 *
 * @returns when the file and its name are on the disk
 * @throws Refusal `path/link` for a folder that a link leads out of, `path/too-large`
 * @throws an error of the system, such as EEXIST or ENOSPC
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

/** Errors of the source pass as they are. */
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
    // Writes all of it at the present position, unlike `write`.
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
