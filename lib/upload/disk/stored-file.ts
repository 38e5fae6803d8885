import { Readable } from 'node:stream';
import type { SafePath } from '../../path/safe-path.ts';
import type { FileRecord, StoredFile } from '../upload-store.ts';
import type { OpenData } from './kept-files.ts';

/** An open file. Its handle is closed by the stream that reads it, or by `close`. */
export function storedFile(record: FileRecord, path: SafePath, { handle, modifiedAt }: OpenData): StoredFile {
  let isRead = false;
  return {
    record,
    path,
    modifiedAt,
    read(range) {
      if (isRead) throw new Error('The file was read or closed already. Open it again.');
      isRead = true;
      const { start, end } = range ?? { start: 0, end: record.bytes - 1 };
      if (record.bytes === 0 || end < start) return emptyAfter(() => handle.close());
      return handle.createReadStream({ start, end, autoClose: true, highWaterMark: 256 * 1024 });
    },
    async close() {
      if (isRead) return;
      isRead = true;
      await handle.close();
    },
  };
}

/** A stream can't be asked for no bytes of a file. */
function emptyAfter(close: () => Promise<void>): Readable {
  return new Readable({
    read() {
      this.push(null);
    },
    destroy(error, callback) {
      close().then(
        () => callback(error),
        (failure: Error) => callback(error ?? failure),
      );
    },
  });
}
