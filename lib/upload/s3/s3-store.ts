import { rm } from 'node:fs/promises';
import { record as recordEvent } from '../../event/record.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { prepareFolder } from '../disk/prepare-folder.ts';
import { createSpool } from '../disk/spool.ts';
import { sweepSpool } from '../disk/sweep-spool.ts';
import { isFileId } from '../file-id.ts';
import { inTurn } from '../in-turn.ts';
import { inStorage, reasonOf } from '../storage-error.ts';
import type { FileRecord, OpenOptions, StoredFile, UploadStore } from '../upload-store.ts';
import { bucketOf, type FoundObject } from './bucket.ts';
import { hasIntent } from './intent.ts';
import { objectStream } from './object-stream.ts';
import { loadSigner, s3Client } from './s3-client.ts';
import { s3IncomingFile } from './s3-incoming-file.ts';
import { readS3Options, type S3StoreOptions } from './s3-options.ts';

/**
 * Keeps uploads in a bucket of Amazon S3, or of a service that speaks its protocol. Files are received in a local directory until they are
 * checked. One request stores a file with its record: the bucket gets all of it or nothing. `publish` resolves when the service has acknowledged
 * it.
 *
 * Before that request, a note is written to the directory and flushed. If the answer is lost, the service fails, or the process is killed, the
 * object is removed, at once or by the next `sweep()`. Nobody ever got its id.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { secrets } from 'bulwark/secrets';
 * import { s3Store } from 'bulwark/upload/s3';
 *
 * const { S3_SECRET } = await secrets({ S3_SECRET: 'secret' });
 * const store = s3Store({
 *   endpoint: 'https://s3.eu-central-1.amazonaws.com',
 *   bucket: 'shop-uploads',
 *   region: 'eu-central-1',
 *   accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
 *   secretAccessKey: S3_SECRET,
 *   spool: '/var/lib/shop/incoming-uploads',
 * });
 * ```
 */
export function s3Store(options: S3StoreOptions): UploadStore {
  const settings = readS3Options(options);
  const layout = prepareFolder('spool', settings.spool, false);
  const spool = createSpool(layout);
  const client = s3Client(settings);
  const bucket = bucketOf(settings, client);
  const doubtful = new Map<string, string>();

  const find = async (id: string): Promise<FileRecord | undefined> => {
    if (!isFileId(id)) return undefined;
    // It may be released between the first check and the second.
    for (const status of ['ready', 'quarantined', 'ready'] as const) {
      const found = await bucket.head(id, status);
      if (found) return found.record ?? damaged(id, 'it has no record');
    }
    return undefined;
  };

  const open = async (id: string, options: OpenOptions): Promise<StoredFile> => {
    const { allowQuarantined } = knownOptions(options, ['allowQuarantined']);
    if (!isFileId(id)) notFound('it has not the form of an id');
    const object = await bucket.head(id, 'ready');
    if (object) return storedObject(id, object);
    const held = await bucket.head(id, 'quarantined');
    if (held && allowQuarantined === true) return storedObject(id, held);
    return notFound(held ? 'it is in quarantine' : 'there is none');
  };

  const storedObject = (id: string, { key, record, bytes, etag, modifiedAt }: FoundObject): StoredFile => {
    if (!record) damaged(id, 'it has no record');
    if (record.bytes !== bytes) damaged(id, `the record says ${record.bytes} bytes, and there are ${bytes}`);
    return {
      record,
      modifiedAt,
      read: ({ start, end } = { start: 0, end: bytes - 1 }) =>
        objectStream(client, { key, etag, start, end, bytes }),
      close: async () => undefined,
    };
  };

  const release = async (id: string): Promise<void> => {
    if (!isFileId(id)) notFound('it has not the form of an id');
    const object = await bucket.head(id, 'quarantined');
    if (!object) {
      if (await bucket.head(id, 'ready')) return;
      notFound('there is none');
    }
    storedObject(id, object);
    await bucket.copy(id, 'quarantined', 'ready');
    // A service may answer 200 and report an error in the body, so the result is checked.
    const copied = await bucket.head(id, 'ready');
    if (copied?.bytes !== object.bytes || !copied.record) throw new Error('The copy is not there.');
    await bucket.remove(id, 'quarantined');
  };

  const remove = async (id: string): Promise<void> => {
    if (!isFileId(id)) return;
    await bucket.remove(id, 'quarantined');
    await bucket.remove(id, 'ready');
  };

  const forget = async (folder: string, id: string): Promise<void> => {
    if (await hasIntent(folder)) await remove(id);
  };

  const sweep = inTurn(async () => {
    let removed = await sweepSpool(layout, await spool, forget);
    for (const [folder, id] of doubtful) {
      await forget(folder, id);
      await rm(folder, { recursive: true, force: true });
      doubtful.delete(folder);
      removed++;
    }
    return { removed };
  });

  sweep().catch((error: unknown) => {
    recordEvent('upload/not-swept', 'reported', { store: 's3', reason: reasonOf(error) });
  });

  return Object.freeze({
    begin: () =>
      inStorage('s3', 'begin', async () => {
        // Before receiving anything that could not be sent.
        await loadSigner();
        return s3IncomingFile(bucket, await (await spool).begin(), (folder, id) => doubtful.set(folder, id));
      }),
    find: (id: string) => inStorage('s3', 'find', () => find(id)),
    open: (id: string, options: OpenOptions = {}) => inStorage('s3', 'open', () => open(id, options)),
    release: (id: string) => inStorage('s3', 'release', () => release(id)),
    remove: (id: string) => inStorage('s3', 'remove', () => remove(id)),
    sweep: () => inStorage('s3', 'sweep', sweep),
  });
}

function notFound(reason: string): never {
  refuse(deny('upload/not-found', { store: 's3', reason }));
}

function damaged(id: string, reason: string): never {
  refuse(deny('upload/damaged-file', { store: 's3', id, reason }));
}
