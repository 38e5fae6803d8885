import { record as recordEvent } from '../event/record.ts';
import { scanFile } from './check-file.ts';
import type { Scanner } from './scanner.ts';
import type { UploadStore } from './upload-store.ts';
import { withOpened } from './with-upload.ts';

/**
 * Scans a quarantined file again, for example once the scanner runs again. A clean file is released, and can be served from then on. Malware is
 * removed, with an event. If the scanner still can't tell, the file stays in quarantine.
 *
 * @param id untrusted
 * @returns `ready` for a file that is released, or was never in quarantine
 * @throws Refusal `upload/not-found`, `upload/damaged-file`, `upload/store-failed`
 *
 * @example
 * ```ts
 * import { scanAgain, type UploadStore } from 'bulwark/upload';
 * import { clamd } from 'bulwark/upload/clamd';
 *
 * const scanner = clamd({ socket: '/run/clamav/clamd.ctl' });
 *
 * export async function retry(store: UploadStore, id: string): Promise<void> {
 *   const status = await scanAgain(store, id, scanner); // 'ready', 'quarantined' or 'removed'
 *   console.log(id, status);
 * }
 * ```
 */
export async function scanAgain(
  store: UploadStore,
  id: string,
  scanner: Scanner,
): Promise<'ready' | 'quarantined' | 'removed'> {
  const held = { allowQuarantined: true };
  const { record, scan } = await withOpened(store, id, held, async (path, record) => ({
    record,
    scan: record.status === 'ready' ? undefined : await scanFile(scanner, { path }, record.bytes),
  }));
  if (scan === undefined) return 'ready';
  if ('unknown' in scan) return 'quarantined';
  if (scan.clean) {
    await store.release(id);
    return 'ready';
  }
  const { field, name } = record;
  recordEvent('upload/malware', 'blocked', { field, name, malware: scan.signature });
  await store.remove(id);
  return 'removed';
}
