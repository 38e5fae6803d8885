export interface UploadStoreDetail {
  'upload/not-found': { readonly store: string; readonly reason: string };
  'upload/damaged-file': { readonly store: string; readonly id: string; readonly reason: string };
  'upload/other-origin': { readonly host: string; readonly origin: string };
  'upload/not-swept': { readonly store: string; readonly reason: string };
}

export const uploadStoreCodes = {
  /**
   * No file with this id can be served: there is none, the text is not in the form of an id, or the file is in quarantine. The client can't tell
   * which, because all three get a 404 (CWE-204). `reason` in the event says which.
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
   * A stored file is no longer as it was stored: its record is missing or unreadable, or its size has changed. The store itself never leaves a
   * file in that state, so a person, a backup or a failing disk changed it. It is not served.
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
    message: 'A stored file was not served, because it has changed since it was stored.',
    hint: 'Restore the file from a backup, or remove it with `remove(id)`.',
  },
  /**
   * A user's file was requested from another host than the one for users' files. At the application's own origin, a page or script in the file
   * could act as whoever is logged in there (CWE-346, CWE-79). The status is 421, Misdirected Request (RFC 9110, 15.5.20). Only the host is
   * compared.
   *
   * ```ts
   * import { createServer } from 'node:http';
   * import { sendUpload } from 'bulwark/upload';
   * import { diskStore } from 'bulwark/upload/disk';
   *
   * const store = diskStore({ folder: '/var/lib/shop/uploads' });
   * createServer((req, res) => {
   *   const id = req.url?.slice(1) ?? '';
   *   sendUpload(req, res, store, id, { origin: 'https://usercontent.example' }).catch(() => res.writeHead(404).end());
   * });
   * ```
   */
  'upload/other-origin': {
    kind: 'refusal',
    status: 421,
    severity: 'low',
    cwe: 346,
    owasp: 'A02:2025',
    message:
      'A request for an uploaded file was refused, because it was sent to another host than the one for uploads.',
    hint: 'Link to the file at `origin`. If the link is right, a proxy changes the Host header: configure it to pass on the original one.',
  },
  /**
   * A new store removes what killed processes left of unfinished uploads. That failed here. The store still works, and the leftovers are never
   * served. They take up space until a later `sweep()` or start removes them.
   *
   * ```text
   * {"code":"upload/not-swept","action":"reported","evidence":{"store":"disk","reason":"EACCES"}}
   * ```
   */
  'upload/not-swept': {
    kind: 'notice',
    severity: 'low',
    cwe: 459,
    owasp: 'A10:2025',
    message: 'The leftovers of unfinished uploads could not be removed.',
    hint: 'Check that the application may write to the whole directory, and call `sweep()` to see the error.',
  },
} as const;
