import type { FileRecord } from '../upload-store.ts';
import { objectHeaders, recordOfObject } from './object-record.ts';
import { putFile } from './put-file.ts';
import type { S3Client } from './s3-client.ts';
import { S3Error } from './s3-error.ts';
import type { S3Settings } from './s3-options.ts';

export type Status = FileRecord['status'];

/** An existing object. */
export interface FoundObject {
  readonly key: string;
  readonly record: FileRecord | undefined;
  readonly bytes: number;
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** The objects of a store, by id and status. */
export interface Bucket {
  put(record: FileRecord, file: string): Promise<void>;
  head(id: string, status: Status): Promise<FoundObject | undefined>;
  /** Also resolves if there is none. */
  remove(id: string, status: Status): Promise<void>;
  /** Copies inside the service, in one request: all or nothing. */
  copy(id: string, from: Status, to: Status): Promise<void>;
}

export function bucketOf(settings: S3Settings, client: S3Client): Bucket {
  const keyOf = (id: string, status: Status): string =>
    `${settings.prefix}${status === 'ready' ? 'files' : 'quarantine'}/${id}`;

  return {
    put: (record, file) =>
      putFile(client, keyOf(record.id, record.status), file, record.bytes, objectHeaders(record)),

    async head(id, status) {
      const key = keyOf(id, status);
      try {
        const answer = await client.send({ method: 'HEAD', key });
        await answer.drop();
        return found(key, answer.headers, id, status);
      } catch (error) {
        if (error instanceof S3Error && error.status === 404) return undefined;
        throw error;
      }
    },

    async remove(id, status) {
      try {
        await (await client.send({ method: 'DELETE', key: keyOf(id, status) })).drop();
      } catch (error) {
        if (!(error instanceof S3Error && error.status === 404)) throw error;
      }
    },

    async copy(id, from, to) {
      const source = `/${settings.bucket}/${keyOf(id, from)}`;
      const headers = { 'x-amz-copy-source': source, 'x-amz-metadata-directive': 'COPY' };
      const answer = await client.send({ method: 'PUT', key: keyOf(id, to), headers });
      await answer.drop();
    },
  };
}

function found(key: string, headers: Headers, id: string, status: Status): FoundObject {
  const bytes = Number(headers.get('content-length') ?? Number.NaN);
  const time = Date.parse(headers.get('last-modified') ?? '');
  return {
    key,
    record: recordOfObject(headers, id, status),
    bytes,
    etag: headers.get('etag') ?? '',
    modifiedAt: new Date(Number.isNaN(time) ? 0 : time),
  };
}
