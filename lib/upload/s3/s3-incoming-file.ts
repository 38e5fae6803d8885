import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dataName } from '../disk/layout.ts';
import type { SpooledFile } from '../disk/spooled-file.ts';
import { writeRecord } from '../file-record.ts';
import { inStorage, storageError } from '../storage-error.ts';
import type { IncomingFile } from '../upload-store.ts';
import type { Bucket } from './bucket.ts';
import { clearIntent, noteIntent } from './intent.ts';

/**
 * A file that is received into a local directory, and published with one request.
 *
 * @param doubtful gets the directory of a file of which the bucket may hold an object that nobody knows
 */
export function s3IncomingFile(
  bucket: Bucket,
  file: SpooledFile,
  doubtful: (folder: string, id: string) => void,
): IncomingFile {
  const { id, folder, path } = file;
  const data = join(folder, dataName);

  /** The answer may be lost although the object exists. */
  async function undo(): Promise<void> {
    try {
      await bucket.remove(id, 'ready');
      await bucket.remove(id, 'quarantined');
    } catch {
      // The service can't be reached: a sweep removes the object later, and doesn't need the bytes.
      await rm(data, { force: true }).catch(() => undefined);
      file.moved();
      doubtful(folder, id);
      return;
    }
    await file.discard();
  }

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
    flush: () => inStorage('s3', 'write', () => file.flush()),
    replace: (write) => inStorage('s3', 'replace', () => file.replace(write)),
    async publish(record) {
      let isNoted = false;
      try {
        if (record.id !== id) throw new Error('The record is that of another file.');
        await file.seal(writeRecord(record), record.bytes);
        await noteIntent(folder);
        isNoted = true;
        await bucket.put(record, data);
        await clearIntent(folder);
      } catch (error) {
        if (isNoted) await undo();
        else await file.discard();
        throw storageError('s3', 'put', error);
      }
      await file.discard();
    },
    discard: () => file.discard(),
  };
}

function failed(error: unknown): never {
  throw storageError('s3', 'write', error);
}
