export interface UploadDetail {
  'upload/not-multipart': { readonly contentType: string };
  'upload/malformed': { readonly reason: string };
  'upload/too-large': {
    readonly what: 'file' | 'field' | 'fields' | 'request';
    readonly field: string | null;
    readonly maxBytes: number;
  };
  'upload/too-many': {
    readonly what: 'files' | 'fields';
    readonly field: string | null;
    readonly most: number;
  };
  'upload/unexpected-field': { readonly field: string; readonly reason: string };
  'upload/missing-file': { readonly field: string };
  'upload/type-not-allowed': {
    readonly field: string;
    readonly found: string | null;
    readonly name: string;
    readonly reason: string;
  };
  'upload/extension-mismatch': {
    readonly field: string;
    readonly found: string;
    readonly extension: string;
    readonly name: string;
  };
  'upload/too-slow': { readonly limit: 'idle' | 'total'; readonly milliseconds: number };
  'upload/aborted': { readonly bytes: number };
  'upload/malware': { readonly field: string; readonly name: string; readonly signature: string };
  'upload/not-scanned': { readonly field: string; readonly id: string; readonly reason: string };
  'upload/store-full': { readonly cause: string };
  'upload/store-failed': { readonly cause: string };
  'upload/original-images': { readonly types: string };
}

export const uploadCodes = {
  /**
   * The request isn't a form with files. `receive` reads `multipart/form-data` only, without a `Content-Encoding`. An HTML form sends it with
   * `enctype="multipart/form-data"`, and `fetch` with a `FormData` as its body.
   *
   * ```ts
   * const body = new FormData();
   * body.append('avatar', new Blob(['...']), 'me.png');
   * await fetch('/avatar', { method: 'POST', body }); // no Content-Type of your own: it would lack the boundary
   * ```
   */
  'upload/not-multipart': {
    kind: 'refusal',
    status: 415,
    severity: 'low',
    cwe: 20,
    owasp: 'A10:2025',
    message: 'An upload was refused, because its body is not multipart/form-data.',
    hint: 'Send a form with enctype="multipart/form-data", or a FormData without a Content-Type of your own.',
  },
  /**
   * The body isn't valid `multipart/form-data` (RFC 7578, RFC 2046). `reason` says what is wrong: no valid boundary, no final boundary (the body
   * was cut), a repeated header or parameter, a nested multipart, a transfer encoding, control characters in a name. Two programs can
   * read such a body differently (CWE-436), which is how uploads get past a firewall; and a cut file must not look whole.
   *
   * ```text
   * Content-Disposition: form-data; name="avatar"; filename="me.png"; filename="shell.php"
   * ```
   */
  'upload/malformed': {
    kind: 'refusal',
    status: 400,
    severity: 'medium',
    cwe: 436,
    owasp: 'A10:2025',
    message: 'An upload was refused, because its body is not a valid form.',
    hint: "Browsers and HTTP libraries write valid forms. The event's `reason` says what is wrong with this one.",
  },
  /**
   * A file, a text field, all text fields together or the whole request is larger than its limit. A request that announces too many bytes is
   * refused before any is read; otherwise reading stops at the limit (CWE-770). A file of exactly the limit is accepted.
   *
   * ```ts
   * import { uploads } from 'bulwark/upload';
   * import type { UploadStore } from 'bulwark/upload';
   * declare const store: UploadStore;
   *
   * uploads({ store, files: { video: { types: ['video/mp4'], maxBytes: 500_000_000 } } });
   * ```
   */
  'upload/too-large': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'An upload was refused, because a part of it is larger than its limit.',
    hint: 'If the file is legitimate, raise `maxBytes` of its field. For text fields, raise `maxFieldBytes` or `maxFieldsBytes`.',
  },
  /**
   * The form has more files in a field than its `maxFiles` (1 by default), or more text fields than `maxFields`. Each part costs work, so their number
   * is bounded (CWE-770, CVE-2025-7338 and its like in other parsers).
   *
   * ```ts
   * import { uploads } from 'bulwark/upload';
   * import type { UploadStore } from 'bulwark/upload';
   * declare const store: UploadStore;
   *
   * uploads({ store, files: { photos: { types: ['image/jpeg'], maxFiles: 12 } } });
   * ```
   */
  'upload/too-many': {
    kind: 'refusal',
    status: 413,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'An upload was refused, because the form has too many files or fields.',
    hint: 'If the form is legitimate, raise `maxFiles` of the field, or `maxFields`.',
  },
  /**
   * A file came in a field that isn't listed in `files`, or a listed field had a text instead of a file. The same form with another field
   * name would otherwise store files that no code looks at.
   *
   * ```text
   * <input type="file" name="avatar">
   * ```
   */
  'upload/unexpected-field': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 434,
    owasp: 'A06:2025',
    message: 'An upload was refused, because a file came in a field that takes none, or the other way round.',
    hint: 'List each field that takes files in `files`, under the name that the form uses.',
  },
  /**
   * A field with `required: true` has no file. Browsers send an empty part for a file input where nothing was chosen; it counts as no file.
   *
   * ```text
   * <input type="file" name="avatar" required>
   * ```
   */
  'upload/missing-file': {
    kind: 'refusal',
    status: 422,
    severity: 'low',
    cwe: 20,
    owasp: 'A06:2025',
    message: 'An upload was refused, because a required file is missing.',
    hint: "Set `required` on the form's file input too, so that the browser asks for it.",
  },
  /**
   * The content of a file isn't of a type that its field accepts. The content decides, never the `Content-Type` that the client declares (CWE-434).
   * `found` is the type that the content has, where one was recognised.
   *
   * Text formats have no signature: they need a matching extension, valid UTF-8 and no control characters, and text that a browser
   * would take for a page is `text/html`, whatever its name.
   *
   * ```text
   * filename="me.png"   with   <?php system($_GET['c']); ?>
   * ```
   */
  'upload/type-not-allowed': {
    kind: 'refusal',
    status: 415,
    severity: 'medium',
    cwe: 434,
    owasp: 'A06:2025',
    message: "An upload was refused, because a file's content is not of an accepted type.",
    hint: 'If files of this type are wanted, add it to `types` of the field. Text must be saved as UTF-8.',
  },
  /**
   * The content is of an accepted type, but the name has an extension of another one, such as a PNG named `me.php`. A program that goes by the name
   * would treat the file as something that nobody checked. Names without an extension, such as `blob`, are accepted.
   *
   * ```text
   * filename="me.png.php"   with the content of a PNG
   * ```
   */
  'upload/extension-mismatch': {
    kind: 'refusal',
    status: 415,
    severity: 'medium',
    cwe: 434,
    owasp: 'A06:2025',
    message: "An upload was refused, because a file's extension does not fit its content.",
    hint: 'Ask the user to rename the file, or add the type that the extension belongs to.',
  },
  /**
   * The client sent nothing for `idleTimeoutMs`, or took longer than `timeoutMs` in all (slow POST, CWE-400). Only the time in which the server
   * waits for the client counts, not the time of a scan.
   *
   * ```ts
   * import { uploads } from 'bulwark/upload';
   * import type { UploadStore } from 'bulwark/upload';
   * declare const store: UploadStore;
   *
   * uploads({ store, files: { video: { types: ['video/mp4'] } }, timeoutMs: 1_800_000 });
   * ```
   */
  'upload/too-slow': {
    kind: 'refusal',
    status: 408,
    severity: 'low',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'An upload was stopped, because the client sends too slowly.',
    hint: 'For large files over slow connections, raise `timeoutMs`, and `requestTimeout` of the server.',
  },
  /**
   * The connection ended in the middle of the body, or the signal that was passed aborted. What had come is discarded. Users who close the tab cause it
   * too.
   *
   * ```ts
   * import { uploads } from 'bulwark/upload';
   * import type { UploadStore } from 'bulwark/upload';
   * declare const store: UploadStore;
   * declare const request: Request;
   *
   * await uploads({ store, files: {} }).receive(request, { signal: request.signal });
   * ```
   */
  'upload/aborted': {
    kind: 'refusal',
    status: 400,
    severity: 'low',
    cwe: 459,
    owasp: 'A10:2025',
    message: 'An upload ended before it was complete.',
    hint: 'Nothing of it was kept. The client can send it again.',
  },
  /**
   * The scanner recognised malware. The file was discarded, with all other files of the request.
   *
   * ```text
   * X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-...
   * ```
   */
  'upload/malware': {
    kind: 'refusal',
    status: 422,
    severity: 'high',
    cwe: 434,
    owasp: 'A06:2025',
    message: 'An upload was refused, because the scanner found malware.',
    hint: "The event's `signature` names it. If it is a false alarm, update the scanner's signatures.",
  },
  /**
   * The scanner could not tell whether a file is clean: it can't be reached, took too long, or the file is larger than it reads. The file was stored
   * with the status `quarantined`, which a store never serves. Scan it again, then call `release` or `remove` of the store.
   *
   * ```ts
   * import type { UploadStore } from 'bulwark/upload';
   * declare const store: UploadStore;
   * declare const id: string;
   *
   * await store.release(id);
   * ```
   */
  'upload/not-scanned': {
    kind: 'notice',
    severity: 'medium',
    cwe: 434,
    owasp: 'A06:2025',
    message: 'An uploaded file was quarantined, because the scanner could not check it.',
    hint: 'Check that the scanner runs. The event names the file: scan it again, then release or remove it.',
  },
  /**
   * The disk or the quota of the store is full (`ENOSPC`, `EDQUOT`). Nothing of the request was kept.
   *
   * ```ts
   * import { isRefusal } from 'bulwark';
   *
   * function alarm(error: unknown): void {
   *   if (isRefusal(error, 'upload/store-full')) console.error('The disk of the uploads is full.');
   * }
   * ```
   */
  'upload/store-full': {
    kind: 'refusal',
    status: 507,
    severity: 'high',
    cwe: 770,
    owasp: 'A10:2025',
    message: 'An upload could not be stored, because the store is full.',
    hint: 'Free some space. Limits per user, such as `receive(request, { maxBytes })`, keep one user from filling the disk.',
  },
  /**
   * The store failed: a folder is missing or not writable, or the bucket can't be reached. The error's `cause` has the reason. Nothing of the request
   * was kept.
   *
   * ```ts
   * import { isRefusal } from 'bulwark';
   *
   * function log(error: unknown): void {
   *   if (isRefusal(error, 'upload/store-failed')) console.error(error.cause);
   * }
   * ```
   */
  'upload/store-failed': {
    kind: 'refusal',
    status: 503,
    severity: 'high',
    cwe: 755,
    owasp: 'A10:2025',
    message: 'The store of uploads failed.',
    hint: 'See `cause`: check the folder and its permissions, or the connection to the bucket.',
  },
  /**
   * A field accepts images, and they are stored as they came, because `images` has no rewriter for their type. Such a file can hold a second format
   * (a polyglot), scripts, and the place where a photo was taken. Written once for each `uploads(...)`.
   *
   * ```ts
   * import { uploads } from 'bulwark/upload';
   * import type { Rewriter, UploadStore } from 'bulwark/upload';
   * declare const store: UploadStore;
   * declare const images: Rewriter; // imageRewriter() of bulwark/upload/image
   *
   * uploads({ store, images, files: { avatar: { types: ['image/png', 'image/jpeg'] } } });
   * ```
   */
  'upload/original-images': {
    kind: 'notice',
    severity: 'low',
    cwe: 434,
    owasp: 'A06:2025',
    message: 'Uploaded images are stored as they came, because no rewriter is configured for their type.',
    hint: 'Pass `images: imageRewriter()` of bulwark/upload/image. If the originals are needed, set `allowOriginalImages: true`.',
  },
  /**
   * Someone else has read the request's body already, such as another upload parser. A body can be read only once.
   *
   * ```ts
   * import express from 'express';
   * import { uploads } from 'bulwark/upload';
   * import type { UploadStore } from 'bulwark/upload';
   * declare const store: UploadStore;
   *
   * const avatars = uploads({ store, files: { avatar: { types: ['image/png'] } } });
   * express().post('/avatar', async (req, res) => {
   *   await avatars.receive(req); // no multer before it
   *   res.sendStatus(204);
   * });
   * ```
   */
  'upload/body-already-read': {
    kind: 'misuse',
    message: "The request's body was read before `receive` was called.",
    hint: 'Remove other parsers of multipart bodies from the route, and call `receive` before anything waits.',
  },
  /**
   * The guard reads forms with `@fastify/busboy` and recognises types with `file-type`. They are optional peer dependencies, because only applications
   * with uploads need them.
   *
   * ```sh
   * npm install @fastify/busboy file-type
   * ```
   */
  'upload/library-missing': {
    kind: 'misuse',
    message: 'A library that uploads need is not installed.',
    hint: 'Run `npm install @fastify/busboy file-type`.',
  },
  /**
   * The file isn't an image of the type that its check found. The rewriter lets one decoder run, that of the type; all others are blocked. So
   * an SVG, a TIFF or a PostScript file that is called `photo.png` reaches no decoder at all (ImageTragick, CVE-2016-3714).
   *
   * ```text
   * photo.png    II*\0 ...    a TIFF
   * ```
   */
  'upload/image-type-mismatch': {
    kind: 'refusal',
    status: 415,
    severity: 'medium',
    cwe: 434,
    owasp: 'A06:2025',
    message: 'An image was refused, because it is not of the type that it was taken for.',
    hint: 'Convert the image, or allow its type.',
  },
  /**
   * The image is damaged or incomplete, or uses something that the decoder doesn't know, such as HEVC inside of an AVIF file. A viewer may
   * show a part of it. A new image can't be written from it, and the original isn't kept.
   *
   * ```ts
   * import { inside } from 'bulwark/path';
   * import { imageRewriter } from 'bulwark/upload/image';
   *
   * const images = imageRewriter({ types: ['image/jpeg'] });
   * await images.rewrite(inside('/srv/in', 'half.jpg'), inside('/srv/out', 'half.jpg'), 'image/jpeg'); // throws
   * ```
   */
  'upload/image-malformed': {
    kind: 'refusal',
    status: 422,
    severity: 'low',
    cwe: 20,
    owasp: 'A06:2025',
    message: 'An image was refused, because it is damaged or cannot be decoded.',
    hint: 'Save the image again in an image editor, and send that file.',
  },
  /**
   * The image is beyond a limit of `imageRewriter`, or decoding it took more time or memory than it may (CWE-400, CWE-409). `limit` is the
   * option's name. A PNG of 50,000 by 50,000 pixels is a file of a few kilobytes, and takes ten gigabytes once it is decoded.
   *
   * ```ts
   * import { imageRewriter } from 'bulwark/upload/image';
   *
   * imageRewriter({ maxPixels: 200_000_000, memoryBytes: 1_500_000_000, timeoutMs: 60_000 });
   * ```
   */
  'upload/image-over-limit': {
    kind: 'refusal',
    status: 413,
    severity: 'medium',
    cwe: 409,
    owasp: 'A06:2025',
    message: 'An image was refused, because it is too large, or takes too long to decode.',
    hint: 'If the image is legitimate, raise the limit that the detail names.',
  },
  /**
   * As many images are being written anew as `maxAtOnce` allows, and `maxWaiting` more wait, or this one has waited for `timeoutMs`. Each takes
   * a process of its own, so that a flood of them would take all memory (CWE-400).
   *
   * ```text
   * HTTP/1.1 503 Service Unavailable
   * Retry-After: 5
   * ```
   */
  'upload/image-busy': {
    kind: 'refusal',
    status: 503,
    severity: 'low',
    cwe: 400,
    owasp: 'A06:2025',
    message: 'An image was refused, because too many are being processed already.',
    hint: 'Try again later. Limit how many images one user may send.',
  },
  /**
   * `imageRewriter` decodes images with sharp. It is an optional peer dependency, because only applications with image uploads need it.
   *
   * ```sh
   * npm install sharp
   * ```
   */
  'upload/sharp-missing': {
    kind: 'misuse',
    message: 'The library that rewrites images is not installed.',
    hint: 'Run `npm install sharp`.',
  },
} as const;
