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
  'upload/malware': { readonly field: string; readonly name: string; readonly malware: string };
  'upload/not-scanned': { readonly field: string; readonly id: string; readonly reason: string };
  'upload/store-full': { readonly cause: string };
  'upload/store-failed': { readonly cause: string };
  'upload/original-images': { readonly types: string };
}

export const uploadCodes = {
  /**
   * The request isn't a multipart form. `receive` reads only `multipart/form-data` without a `Content-Encoding`. An HTML form sends it with
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
   * The body isn't valid `multipart/form-data` (RFC 7578, RFC 2046). `reason` says what is wrong, such as a missing or invalid boundary, no
   * final boundary (the body was cut off), a repeated header or parameter, nested multipart, a transfer encoding, or control characters in a
   * name. Two programs can read such a body differently (CWE-436), which is how uploads get past web application firewalls. A body that was cut
   * off must not be taken for a complete one.
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
    hint: "Browsers and HTTP libraries send valid forms. The event's `reason` says what is wrong with this one.",
  },
  /**
   * A file, a text field, all text fields together, or the whole request is larger than its limit. If `Content-Length` exceeds the limit, the
   * request is refused before its body is read; otherwise reading stops at the limit (CWE-770). A file of exactly the limit is accepted.
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
   * The form has more files in a field than its `maxFiles` (1 by default), or more text fields than `maxFields`. Each part costs work, so their
   * number is limited (CWE-770, such as CVE-2025-7338).
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
   * A file arrived in a field that isn't listed in `files`, or a listed field had text instead of a file. Otherwise, a form with another field
   * name could store files that no code looks at.
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
    message: 'An upload was refused, because a file arrived in a text field, or text in a file field.',
    hint: 'List each field that accepts files in `files`, under the name that the form uses.',
  },
  /**
   * A field with `required: true` has no file. For a file input where nothing was chosen, browsers send an empty part, which counts as no file.
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
   * The content of a file isn't of a type that its field accepts. Only the content decides, never the `Content-Type` that the client declares
   * (CWE-434). `found` is the type of the content, if one was recognised.
   *
   * Text formats have no signature: they need a matching extension, valid UTF-8 and no control characters. Text that a browser would take for a
   * page is `text/html`, whatever its name.
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
    hint: 'If you want files of this type, add it to `types` of the field. Text must be saved as UTF-8.',
  },
  /**
   * The content is of an accepted type, but the extension belongs to another one, such as a PNG named `me.php`. A program that goes by the name
   * would treat the file as a type that nobody checked. Names without an extension, such as `blob`, are accepted. So is a JPEG
   * named `me.png` if the field accepts both types and `images` re-encodes both, because nothing of the original is stored then.
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
    message: "An upload was refused, because a file's extension does not match its content.",
    hint: 'Ask the user to rename the file, or add the type of this extension to `types`.',
  },
  /**
   * The client sent nothing for `idleTimeoutMs`, or took longer than `timeoutMs` in all (slow POST, CWE-400). Only the time spent waiting for
   * the client counts, not the time of a scan.
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
    message: 'An upload was stopped, because the client sent it too slowly.',
    hint: "For large files over slow connections, raise `timeoutMs`, and the server's `requestTimeout`.",
  },
  /**
   * The connection ended in the middle of the body, or the signal that you passed was aborted. What had arrived was discarded. Users who close
   * the tab also cause it.
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
   * The scanner recognised malware. The file was discarded, and so were all other files of the request.
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
    hint: "The event's `malware` names it. If it is a false alarm, update the scanner's signatures.",
  },
  /**
   * The scanner could not tell whether a file is clean: it was unreachable, took too long, or the file exceeds the size that it reads. The file
   * was stored with the status `quarantined`, and stores never serve such files. Call `scanAgain` later, or `release` or `remove` of the store.
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
    hint: "Check that the scanner is running. The event has the file's `id`: pass it to `scanAgain`, or release or remove the file.",
  },
  /**
   * The disk is full, or the store has used up its quota (`ENOSPC`, `EDQUOT`). Nothing of the request was kept.
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
    hint: "Free some space. Give each user a limit, such as `receive(request, { maxBytes })`, so that one user can't fill the disk.",
  },
  /**
   * The store failed: a directory is missing or not writable, or the bucket can't be reached. The error's `cause` has the reason. Nothing of the
   * request was kept.
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
    message: 'An upload could not be stored, because the store failed.',
    hint: 'See `cause`, then check the directory and its permissions, or the connection to the bucket.',
  },
  /**
   * A field accepts images, and they are stored unchanged, because `images` has no rewriter for their type. Such a file can hold a second format
   * (a polyglot), scripts, or the location where a photo was taken. Written once for each `uploads(...)`.
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
    message: 'Uploaded images are stored unchanged, because no rewriter is configured for their type.',
    hint: 'Pass `images: imageRewriter()` from `bulwark/upload/image`. If you need the originals, set `allowOriginalImages: true`.',
  },
  /**
   * The body of the request has already been read, for example by another upload parser. A body can be read only once.
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
    message: 'The body of the request was read before `receive` was called.',
    hint: 'Remove other parsers of multipart bodies from the route.',
  },
  /**
   * `bulwark/upload` reads forms with `@fastify/busboy` and detects types with `file-type`. They are optional peer dependencies, because only
   * applications with uploads need them.
   *
   * ```sh
   * npm install @fastify/busboy file-type
   * ```
   */
  'upload/library-missing': {
    kind: 'misuse',
    message: 'A library that `bulwark/upload` needs is not installed.',
    hint: 'Run `npm install @fastify/busboy file-type`.',
  },
  /**
   * The file isn't an image of the type that was checked before. The rewriter allows only the decoder of that type, and blocks all others. An
   * SVG, a TIFF or a PostScript file named `photo.png` therefore reaches no decoder at all (ImageTragick, CVE-2016-3714).
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
    message:
      'An image was refused, because its content is not of the type that was checked, or that type is not allowed.',
    hint: 'Convert the image, or add its type to `types`.',
  },
  /**
   * The image is damaged or incomplete, or uses a feature that the decoder doesn't support, such as HEVC inside an AVIF file. Some viewers may
   * show part of it. It can't be re-encoded, and the original isn't kept.
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
   * The image exceeds a limit of `imageRewriter`, or decoding it took too much time or memory (CWE-400, CWE-409). `limit` is the name of the
   * option. A PNG of 50,000 by 50,000 pixels can be a small file, and takes ten gigabytes when decoded.
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
    message: 'An image was refused, because it is too large, or takes too much time or memory to decode.',
    hint: 'If the image is legitimate, raise the limit that `detail` names.',
  },
  /**
   * `maxAtOnce` images are being re-encoded and `maxWaiting` more are waiting, or this one waited for `timeoutMs`. Each image takes a process of
   * its own, so without these limits a flood of them would exhaust memory (CWE-400).
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
   * `imageRewriter` decodes images with sharp, which is an optional peer dependency, because only applications with image uploads need it.
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
