import type { FileHandle } from 'node:fs/promises';

/** From this many bytes on, they are written, in one call. */
const batchBytes = 256 * 1024;
/** From this many bytes on, the sender waits. */
const mostPending = 1024 * 1024;

/** Writes chunks in order, several per call, and makes the sender wait if the disk is slower. */
export class ChunkWriter {
  readonly #handle: FileHandle;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #written = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** The size of the file, once `flush` has resolved. */
  get written(): number {
    return this.#written;
  }

  /** Also throws, or rejects, with the error of an earlier write: a file with a gap is never continued. */
  write(chunk: Uint8Array): Promise<void> | void {
    if (this.#failure) throw this.#failure.error;
    if (chunk.byteLength === 0) return;
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.byteLength;
    if (this.#pendingBytes >= batchBytes) this.#start();
    return this.#pendingBytes >= mostPending ? this.#drained() : undefined;
  }

  /** Resolves when everything received is in the file. */
  async flush(): Promise<void> {
    while (this.#pendingBytes > 0 || this.#writing) {
      this.#start();
      await this.#drained();
    }
    if (this.#failure) throw this.#failure.error;
  }

  /** Waits for the running write, and drops the rest. Never rejects. */
  async stop(): Promise<void> {
    this.#failure ??= { error: new Error('The file was discarded.') };
    await this.#writing;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  async #drained(): Promise<void> {
    await this.#writing;
    if (this.#failure) throw this.#failure.error;
  }

  #start(): void {
    if (this.#writing || this.#failure) return;
    this.#writing = this.#run().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Never rejects, so that a failure between two calls is no unhandled rejection. */
  async #run(): Promise<void> {
    try {
      while (this.#pendingBytes > 0 && !this.#failure) {
        const batch = this.#pending;
        this.#pending = [];
        this.#pendingBytes = 0;
        await this.#writeAll(batch);
        // A small rest waits for more data, or for `flush`.
        if (this.#pendingBytes < batchBytes) break;
      }
    } catch (error) {
      this.#failure ??= { error };
      this.#pending = [];
      this.#pendingBytes = 0;
    }
  }

  async #writeAll(batch: readonly Uint8Array[]): Promise<void> {
    let rest = batch;
    while (rest.length > 0) {
      const { bytesWritten } = await this.#handle.writev(rest);
      // A full disk may accept part of the data first, and report the error on the next call.
      if (bytesWritten === 0) throw Object.assign(new Error('write wrote nothing'), { code: 'ENOSPC' });
      this.#written += bytesWritten;
      rest = after(rest, bytesWritten);
    }
  }
}

function after(chunks: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let skipped = 0;
  for (const [at, chunk] of chunks.entries()) {
    if (skipped + chunk.byteLength > bytes) {
      return [chunk.subarray(bytes - skipped), ...chunks.slice(at + 1)];
    }
    skipped += chunk.byteLength;
  }
  return [];
}
