export interface UploadDetail {
  'upload/not-found': { readonly store: string; readonly reason: string };
  'upload/storage-full': { readonly store: string; readonly operation: string; readonly reason: string };
  'upload/storage-failed': { readonly store: string; readonly operation: string; readonly reason: string };
  'upload/damaged-file': { readonly store: string; readonly id: string; readonly reason: string };
}

export const uploadCodes = {
  /**
   * No file with this id can be served. There is none, its form is not that of an id, or the file is in quarantine. The client can't tell
   * which: all three are answered with 404 (CWE-204). `reason` in the event says it.
   *
   * ```ts
   * import { isRefusal } from 'bulwark';
   * import { diskStore } from 'bulwark/upload/disk';
   *
   * const store = diskStore({ folder: '/var/lib/shop/uploads' });
   *
   * async function has(id: string): Promise<boolean> {
   *   try {
   *     await (await store.open(id)).close();
   *     return true;
   *   } catch (error) {
   *     if (isRefusal(error, 'upload/not-found')) return false;
   *     throw error;
   *   }
   * }
   * ```
   */
  'upload/not-found': {
    kind: 'refusal',
    status: 404,
    severity: 'low',
    cwe: 552,
    owasp: 'A01:2025',
    message: 'A request for an uploaded file was refused, because no file with this id can be served.',
    hint: 'If the file is in quarantine, have it scanned again, or call `release(id)` after you have checked it.',
  },
  /**
   * The disk or the quota is full, so the file was not stored. Nothing of it is left, and earlier files are as they were. Free some space
   * or give the store a bigger disk. An attacker can fill a disk with many uploads, each within its limits (CWE-400): limit how many a
   * user may store.
   *
   * ```text
   * {"code":"upload/storage-full","action":"blocked","evidence":{"store":"disk","operation":"write","reason":"ENOSPC"}}
   * ```
   */
  'upload/storage-full': {
    kind: 'refusal',
    status: 507,
    severity: 'high',
    cwe: 400,
    owasp: 'A10:2025',
    message: 'An upload was not stored, because the storage is full.',
    hint: 'Free some space, or give the store a bigger disk. Limit how much one user may store.',
  },
  /**
   * The storage did not do what it was asked: it could not be reached, answered with an error, or lost the connection. An upload
   * that gets this error was not acknowledged, and is not served. The client may send it again.
   *
   * ```text
   * {"code":"upload/storage-failed","action":"blocked","evidence":{"store":"s3","operation":"put","reason":"503 SlowDown"}}
   * ```
   */
  'upload/storage-failed': {
    kind: 'refusal',
    status: 503,
    severity: 'high',
    cwe: 703,
    owasp: 'A10:2025',
    message: 'The storage for uploads failed.',
    hint: 'Check that the storage can be reached, and that the application may write there. `reason` in the event says what happened.',
  },
  /**
   * A stored file is not what was stored: its record is missing or unreadable, or its size is another. The store itself never leaves such
   * a file. A person, a backup or a failing disk changed it. It is not served.
   *
   * ```text
   * {"code":"upload/damaged-file","action":"blocked","evidence":{"store":"disk","id":"k3f5...","reason":"the record says 100 bytes, and there are 90"}}
   * ```
   */
  'upload/damaged-file': {
    kind: 'refusal',
    status: 500,
    severity: 'high',
    cwe: 354,
    owasp: 'A08:2025',
    message: 'A stored file was not served, because it is not as it was stored.',
    hint: 'Restore the file from a backup, or remove it with `remove(id)`.',
  },
} as const;
