import { writeRecord } from '../file-record.ts';
import { inStorage, storageError } from '../storage-error.ts';
import type { IncomingFile } from '../upload-store.ts';
import { keep } from './kept-files.ts';
import type { Layout } from './layout.ts';
import type { SpooledFile } from './spooled-file.ts';

/** A file that is received into a directory, and published by a rename. */
export function incomingFile(layout: Layout, file: SpooledFile): IncomingFile {
  const { id, path } = file;
  return {
    id,
    path,
    write(chunk) {
      try {
        return file.write(chunk)?.catch(failed);
      } catch (error) {
        return failed(error);
      }
    },
    flush: () => inStorage('disk', 'write', () => file.flush()),
    replace: (write) => inStorage('disk', 'replace', () => file.replace(write)),
    async publish(record) {
      try {
        if (record.id !== id) throw new Error('The record is that of another file.');
        await file.seal(writeRecord(record), record.bytes);
        await keep(layout, file.folder, id, record.status);
        file.moved();
      } catch (error) {
        await file.discard();
        throw storageError('disk', 'publish', error);
      }
    },
    discard: () => file.discard(),
  };
}

function failed(error: unknown): never {
  throw storageError('disk', 'write', error);
}
