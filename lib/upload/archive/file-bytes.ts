import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { type ArchiveFormat, malformed } from './archive-error.ts';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
const chunkBytes = 65_536;
const readsAtOnce = 32;

/** The bytes of a regular file, by position. */
export class FileBytes {
  readonly size: number;
  readonly #descriptor: number;
  #reads = 0;

  constructor(path: string) {
    // Windows has neither flag. A FIFO opens at once and is refused below.
    this.#descriptor = openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
    const status = fstatSync(this.#descriptor);
    if (!status.isFile()) {
      this.close();
      throw new Error('What is to be unpacked is not a regular file.');
    }
    this.size = status.size;
  }

  /** Exactly this many bytes from there. */
  read(format: ArchiveFormat, position: number, length: number): Buffer {
    if (position < 0 || position + length > this.size) throw malformed(format, 'truncated');
    const bytes = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const count = readSync(this.#descriptor, bytes, done, length - done, position + done);
      if (count === 0) throw malformed(format, 'truncated');
      done += count;
    }
    return bytes;
  }

  /** The bytes from `start` to `end`, in chunks. Now and then it yields to timers and signals. */
  async *chunks(format: ArchiveFormat, start: number, end: number): AsyncGenerator<Buffer> {
    for (let position = start; position < end; position += chunkBytes) {
      this.#reads += 1;
      if (this.#reads % readsAtOnce === 0) await setImmediate();
      yield this.read(format, position, Math.min(chunkBytes, end - position));
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
