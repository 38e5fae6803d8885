import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileRecord, StoredFile, UploadStore } from '../../lib/upload/upload-store.ts';

/** A record as the upload guard makes them. */
export function recordOf(
  id: string,
  bytes: number,
  status: FileRecord['status'] = 'ready',
  name = 'report.pdf',
): FileRecord {
  const uploadedAt = '2026-12-01T12:00:00.000Z';
  return { id, field: 'file', name, type: 'application/pdf', extension: 'pdf', bytes, uploadedAt, status };
}

/** Stores `data` in chunks. */
export async function put(
  store: UploadStore,
  data: Uint8Array,
  status: FileRecord['status'] = 'ready',
  name?: string,
): Promise<string> {
  const file = await store.begin();
  for (let at = 0; at < data.byteLength; at += 65_536) await file.write(data.subarray(at, at + 65_536));
  await file.publish(recordOf(file.id, data.byteLength, status, name));
  return file.id;
}

export async function bytesOf(file: StoredFile, range?: { start: number; end: number }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.read(range)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What lies below a folder, as relative paths, without heartbeats and the folders that hold them. */
export function leftIn(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() || /^[a-z2-7]{26}/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return all.filter((path) => !path.endsWith('/alive')).sort();
}
