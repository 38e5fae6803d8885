import { appendFile, open, rename, rm } from 'node:fs/promises';
import { Misuse } from '../refusal/misuse.ts';
import type { Sink } from './sink-queue.ts';

export interface JsonLinesOptions {
  /** The file; created for its owner alone (0600). The directory must exist. */
  readonly file: string;
  /** Rotate before the file grows past this many bytes. 10,000,000 by default. */
  readonly maxBytes?: number;
  /** How many rotated files stay: `file.1` is the newest. 5 by default. */
  readonly maxFiles?: number;
}

/** One JSON object a line, rotated by size, so that no flood fills the disk. */
export function jsonLinesSink({ file, maxBytes = 10_000_000, maxFiles = 5 }: JsonLinesOptions): Sink {
  if (!(Number.isSafeInteger(maxBytes) && maxBytes > 0)) {
    throw new Misuse('bulwark/invalid-option', 'maxBytes takes a whole number above 0.');
  }
  if (!(Number.isSafeInteger(maxFiles) && maxFiles > 0 && maxFiles <= 1000)) {
    throw new Misuse('bulwark/invalid-option', 'maxFiles takes a whole number from 1 to 1000.');
  }
  let size: number | undefined;

  async function sizeNow(): Promise<number> {
    const handle = await open(file, 'a', 0o600);
    try {
      return (await handle.stat()).size;
    } finally {
      await handle.close();
    }
  }

  async function rotate(): Promise<void> {
    await rm(`${file}.${maxFiles}`, { force: true });
    for (let n = maxFiles - 1; n >= 1; n--) await rename(`${file}.${n}`, `${file}.${n + 1}`).catch(ifMissing);
    await rename(file, `${file}.1`).catch(ifMissing);
    size = await sizeNow();
  }

  async function append(lines: string): Promise<void> {
    const bytes = Buffer.byteLength(lines);
    size ??= await sizeNow();
    if (size > 0 && size + bytes > maxBytes) await rotate();
    await appendFile(file, lines, { mode: 0o600 });
    size += bytes;
  }

  return {
    name: `json-lines ${file}`,
    async write(events) {
      let lines = '';
      try {
        for (const event of events) {
          const line = `${JSON.stringify(event)}\n`;
          if (lines !== '' && Buffer.byteLength(lines) + Buffer.byteLength(line) > maxBytes) {
            await append(lines);
            lines = '';
          }
          lines += line;
        }
        await append(lines);
      } catch (error) {
        // Somebody may have moved or removed the file: look at it anew the next time.
        size = undefined;
        throw error;
      }
    },
  };
}

function ifMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
