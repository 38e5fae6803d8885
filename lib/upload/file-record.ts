import { isFileId } from './file-id.ts';
import type { FileRecord } from './upload-store.ts';

/** No record of ours is longer than this. */
export const mostRecordBytes = 16_384;

/** The record as text. The place of a file shows whether it is in quarantine, so one rename releases it. */
export function writeRecord({ id, field, name, type, extension, bytes, uploadedAt }: FileRecord): string {
  const text = JSON.stringify({ id, field, name, type, extension, bytes, uploadedAt });
  if (Buffer.byteLength(text) > mostRecordBytes) {
    throw new RangeError(`The record has more than ${mostRecordBytes} bytes.`);
  }
  return text;
}

/** The record that `writeRecord` wrote; undefined for anything else. */
export function readRecord(text: string, id: string, status: FileRecord['status']): FileRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  // A polluted prototype must not fill in fields that the file lacks.
  const own: Readonly<Record<string, unknown>> = Object.assign(Object.create(null), value);
  const { field, name, type, extension, bytes, uploadedAt } = own;
  if (own['id'] !== id || !isFileId(id)) return undefined;
  if (typeof field !== 'string' || typeof name !== 'string' || typeof extension !== 'string')
    return undefined;
  if (typeof type !== 'string' || typeof uploadedAt !== 'string') return undefined;
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) return undefined;
  return Object.freeze({ id, field, name, type, extension, bytes, uploadedAt, status });
}
