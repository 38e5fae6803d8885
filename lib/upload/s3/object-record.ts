import { fromBase64url, toBase64url } from '../../internal/base64url.ts';
import { readRecord, writeRecord } from '../file-record.ts';
import type { FileRecord } from '../upload-store.ts';

const header = 'x-amz-meta-record';
/** Amazon S3 accepts 2,048 bytes of metadata, including the name of the header. */
const mostMetadata = 2_000;

/**
 * The headers of an object. The record is its metadata, so one request stores both. Opening the object in the bucket itself also gives a download.
 */
export function objectHeaders(record: FileRecord): Record<string, string> {
  const text = toBase64url(Buffer.from(writeRecord(record)));
  if (text.length > mostMetadata) throw new RangeError(`The record has more than ${mostMetadata} bytes.`);
  return {
    [header]: text,
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
  };
}

/** The record in an object's metadata; undefined if it has none of ours. */
export function recordOfObject(
  headers: Headers,
  id: string,
  status: FileRecord['status'],
): FileRecord | undefined {
  const bytes = fromBase64url(headers.get(header) ?? '');
  return bytes && readRecord(new TextDecoder().decode(bytes), id, status);
}
