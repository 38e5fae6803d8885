import { constants, type FileHandle, open, rename } from 'node:fs/promises';
import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { whole } from '../whole.ts';
import type { Shape, Sink } from './sink.ts';

export interface JsonLinesOptions {
  /** The file; created for its owner alone (0600). The directory must exist, and one process writes it. */
  readonly file: string;
  /** Rotate where one more batch (at most 100 events) would grow the file past this many bytes. 10,000,000 by default. */
  readonly maxBytes?: number;
  /** How many rotated files stay: `file.1` is the newest. 5 by default. */
  readonly maxFiles?: number;
  /** What a line holds: the event unless told, or `toEcs`, `toOcsf`, a function of your own. */
  readonly shape?: Shape;
}

/**
 * One JSON object a line, rotated by size, so that no flood fills the disk. The file is opened for each batch, so it may
 * be moved or removed at any time. A symbolic link, a pipe or a device in its place is not written to (CWE-59).
 */
export function jsonLinesSink(options: JsonLinesOptions): Sink {
  const own = knownOptions(options, ['file', 'maxBytes', 'maxFiles', 'shape']);
  const { shape } = own;
  const file = checkFile(own.file);
  const maxBytes = whole('maxBytes', own.maxBytes ?? 10_000_000, Number.MAX_SAFE_INTEGER);
  const maxFiles = whole('maxFiles', own.maxFiles ?? 5, 1000);
  /** A write failed half-way, so that the file may end in the middle of a line. */
  let torn = false;

  async function rotate(): Promise<void> {
    for (let n = maxFiles - 1; n >= 1; n--) await rename(`${file}.${n}`, `${file}.${n + 1}`).catch(ifMissing);
    await rename(file, `${file}.1`);
  }

  async function append(handle: FileHandle, lines: string): Promise<void> {
    try {
      await handle.appendFile(torn ? `\n${lines}` : lines);
      torn = false;
    } catch (error) {
      torn = true;
      throw error;
    }
  }

  return {
    name: `json-lines ${file}`,
    async write(events) {
      const lines = events.map((event) => `${JSON.stringify(shape ? shape(event) : event)}\n`).join('');
      let handle = await openLog(file);
      try {
        const { size } = await handle.stat();
        if (size > 0 && size + Buffer.byteLength(lines) > maxBytes) {
          await handle.close();
          await rotate();
          torn = false;
          handle = await openLog(file);
        }
        await append(handle, lines);
      } finally {
        await handle.close();
      }
    },
  };
}

function checkFile(file: unknown): string {
  if (typeof file === 'string' && file !== '') return file;
  throw new Misuse('bulwark/invalid-option', 'file takes the path of a file.');
}

async function openLog(file: string): Promise<FileHandle> {
  // O_NONBLOCK: opening a pipe that nobody reads fails at once instead of holding a thread. Windows knows neither flag.
  const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_WRONLY } = constants;
  const handle = await open(file, O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_WRONLY, 0o600);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error('it is not a regular file');
}

function ifMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
