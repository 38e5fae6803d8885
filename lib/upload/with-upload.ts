import type { SafePath } from '../path/safe-path.ts';
import { Misuse } from '../refusal/misuse.ts';
import { inStorage, storageError } from './storage-error.ts';
import type { FileRecord, IncomingFile, OpenOptions, StoredFile, UploadStore } from './upload-store.ts';

/**
 * Calls `use` with the path of an uploaded file, to unpack it, parse it, or pass it to a program. With a disk store, that is the stored file
 * itself: read it, and never change it. With other stores, it is a private copy in the spool, which is removed when `use` ends, or by the next
 * sweep after a crash.
 *
 * Before you call it, check whether this user may have this file.
 *
 * @param id untrusted: anything except the id of a file that is ready is refused
 * @returns what `use` returns
 * @throws Refusal `upload/not-found`, also for a quarantined file; `upload/damaged-file`, `upload/store-full`, `upload/store-failed`
 * @throws whatever `use` throws
 *
 * @example
 * ```ts
 * import { inside } from 'bulwark/path';
 * import { type UploadStore, withUpload } from 'bulwark/upload';
 * import { unpack } from 'bulwark/upload/archive';
 *
 * export async function unpackAlbum(store: UploadStore, id: string): Promise<number> {
 *   const files = await withUpload(store, id, (zip) => unpack(zip, inside('/srv/albums', id)));
 *   return files.length; // 12
 * }
 * ```
 */
export async function withUpload<T>(
  store: UploadStore,
  id: string,
  use: (path: SafePath, record: FileRecord) => T | Promise<T>,
): Promise<T> {
  if (typeof use !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'withUpload takes a store, an id and a function.');
  }
  return withOpened(store, id, {}, use);
}

/** The same, also for a quarantined file where `options` allow it. */
export async function withOpened<T>(
  store: UploadStore,
  id: string,
  options: OpenOptions,
  use: (path: SafePath, record: FileRecord) => T | Promise<T>,
): Promise<T> {
  const file = await store.open(id, options);
  let copy: IncomingFile | undefined;
  try {
    if (file.path === undefined) {
      copy = await inStorage('upload', 'begin', () => store.begin());
      await copyInto(copy, file);
    }
    const path = (file.path ?? copy?.path) as SafePath;
    return await use(path, file.record);
  } finally {
    await Promise.all([file.close(), copy?.discard()]);
  }
}

async function copyInto(copy: IncomingFile, file: StoredFile): Promise<void> {
  const content = file.read();
  try {
    for await (const chunk of content) await copy.write(chunk as Uint8Array);
    await copy.flush();
  } catch (error) {
    throw storageError('upload', 'copy', error);
  } finally {
    content.destroy();
  }
}
