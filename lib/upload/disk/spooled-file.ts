import { constants } from 'node:fs';
import { chmod, type FileHandle, lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inside } from '../../path/inside.ts';
import type { SafePath } from '../../path/safe-path.ts';
import { ChunkWriter } from './chunk-writer.ts';
import { dataName, recordName } from './layout.ts';
import { syncFolder } from './sync-folder.ts';

/** A file in `incoming/`, with its directory. */
export interface SpooledFile {
  readonly id: string;
  readonly folder: string;
  readonly path: SafePath;
  write(chunk: Uint8Array): Promise<void> | void;
  flush(): Promise<void>;
  replace(write: (path: SafePath) => Promise<void>): Promise<void>;
  /** Checks the size, writes the record beside the bytes, and flushes both. */
  seal(record: string, bytes: number): Promise<void>;
  /** The directory has been moved to its final place. */
  moved(): void;
  /** Removes the directory. Never rejects. */
  discard(): Promise<void>;
}

const nextName = 'data.new';
const created = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Creates the file in `folder`, which is new and belongs to this process. `ended` is called once, when it is moved or removed. */
export async function spoolFile(folder: string, id: string, ended: () => void): Promise<SpooledFile> {
  const data = join(folder, dataName);
  let handle: FileHandle | undefined;
  try {
    handle = await open(data, created, 0o600);
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
  const writer = new ChunkWriter(handle);
  let state: 'open' | 'flushed' | 'ended' = 'open';

  function end(): void {
    if (state !== 'ended') ended();
    state = 'ended';
  }

  async function closeHandle(): Promise<void> {
    const closing = handle;
    handle = undefined;
    await closing?.close();
  }

  async function flush(): Promise<void> {
    if (state === 'ended') throw new Error('The file was published or discarded already.');
    await writer.flush();
    state = 'flushed';
    await closeHandle();
  }

  return {
    id,
    folder,
    path: inside(folder, dataName),
    write(chunk) {
      if (state !== 'open') throw new Error('No more is written once the file was flushed.');
      return writer.write(chunk);
    },
    flush,
    async replace(write) {
      await flush();
      const next = join(folder, nextName);
      try {
        await write(inside(folder, nextName));
        if (!(await lstat(next)).isFile()) throw new Error('What was written is no regular file.');
        await chmod(next, 0o600);
        await rename(next, data);
      } catch (error) {
        await rm(next, { recursive: true, force: true }).catch(() => undefined);
        throw error;
      }
    },
    async seal(record, bytes) {
      await flush();
      await syncFile(data, bytes);
      await writeFile(join(folder, recordName), record, { mode: 0o600, flag: 'wx', flush: true });
      await syncFolder(folder);
    },
    moved: end,
    async discard() {
      end();
      await writer.stop();
      await closeHandle().catch(() => undefined);
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    },
  };
}

/** Flushes the bytes, if there are as many as the record says. */
async function syncFile(data: string, bytes: number): Promise<void> {
  const handle = await open(data, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    if (size !== bytes) throw new Error(`The record says ${bytes} bytes, and ${size} were written.`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
