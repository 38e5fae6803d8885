import { once } from 'node:events';
import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { inside } from '../../lib/path/inside.ts';
import { createFileId } from '../../lib/upload/file-id.ts';
import type { UploadStore } from '../../lib/upload/upload-store.ts';
import { recordOf } from './store-files.ts';

/** The control: what many applications do. It writes to the final name, and serves what is there under it. */
export function naiveStore(folder: string): UploadStore {
  return {
    async begin() {
      const id = createFileId();
      const path = inside(folder, id);
      const stream = createWriteStream(path.absolute);
      const failed = new Promise<never>((_resolve, reject) => stream.once('error', reject));
      failed.catch(() => undefined);
      return {
        id,
        path,
        async write(chunk) {
          if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), failed]);
        },
        async flush() {},
        async replace(write) {
          await write(path);
        },
        async publish() {
          await Promise.race([once(stream.end(), 'close'), failed]);
        },
        async discard() {
          stream.destroy();
        },
      };
    },
    async find(id) {
      const stats = statSync(join(folder, id), { throwIfNoEntry: false });
      return stats && recordOf(id, stats.size);
    },
    async open(id) {
      const stats = statSync(join(folder, id));
      return {
        record: recordOf(id, stats.size),
        modifiedAt: stats.mtime,
        read: () => createReadStream(join(folder, id)),
        close: async () => undefined,
      };
    },
    async release() {},
    async remove() {},
    sweep: async () => ({ removed: 0 }),
  };
}
