import type { FileHandle } from 'node:fs/promises';
import { knownOptions } from '../internal/known-options.ts';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import { byteLimit } from './byte-limit.ts';
import { type OpenOptions, openFile, openOptions } from './open-file.ts';
import type { SafePath } from './safe-path.ts';

export interface ReadOptions extends OpenOptions {
  /** The most bytes to read; 10 MB by default. A larger file is refused, even if it grows while it is read. */
  readonly maxBytes?: number;
}

const usualBytes = 10_000_000;
const readOptions: readonly (keyof ReadOptions)[] = [...openOptions, 'maxBytes'];

/**
 * Reads a file that it opens like `openFile`.
 *
 * @throws Refusal `path/too-large`, and what `openFile` throws
 *
 * @example
 * ```ts
 * import { inside, readFile } from 'bulwark/path';
 *
 * const bytes = await readFile(inside('/srv/photos', 'sea.jpg'), { maxBytes: 5_000_000 });
 * bytes.length; // 48213
 * ```
 */
export async function readFile(path: SafePath, options: ReadOptions = {}): Promise<Buffer> {
  const { maxBytes: most, ...open } = knownOptions(options, readOptions);
  const maxBytes = byteLimit(most ?? usualBytes);
  const { handle, bytes } = await openFile(path, { ...open });
  try {
    const content = bytes > maxBytes ? undefined : await readAtMost(handle, bytes, maxBytes);
    return content ?? refuse(deny('path/too-large', { input: path.relative.slice(0, 512), maxBytes }));
  } finally {
    await handle.close();
  }
}

/**
 * Reads a UTF-8 text file. A byte order mark is left out.
 *
 * @throws Refusal `path/not-text` for bytes that aren't UTF-8, and what `readFile` throws
 *
 * @example
 * ```ts
 * import { inside, readText } from 'bulwark/path';
 *
 * await readText(inside('/srv/notes', 'today.txt')); // 'Buy milk.\n'
 * ```
 */
export async function readText(path: SafePath, options: ReadOptions = {}): Promise<string> {
  const bytes = await readFile(path, options);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return refuse(deny('path/not-text', { input: path.relative.slice(0, 512) }), error);
  }
}

const mostAtOnce = 1_048_576;

/** Reads to the end of the file; undefined if it is longer. It asks for one byte more than expected, to see the end. */
async function readAtMost(
  handle: FileHandle,
  expected: number,
  maxBytes: number,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer<ArrayBuffer>[] = [];
  for (let total = 0; ; ) {
    const wanted = Math.max(expected - total, 4_095) + 1;
    const buffer = Buffer.allocUnsafeSlow(Math.min(wanted, maxBytes - total + 1, mostAtOnce));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return Buffer.concat(chunks, total);
    total += bytesRead;
    if (total > maxBytes) return undefined;
    chunks.push(buffer.subarray(0, bytesRead));
  }
}
