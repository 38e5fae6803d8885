/**
 * Finds uploads that are stored under the name that the client sent, without a check of their type.
 *
 * ## Why
 * A browser or server that serves the file later runs it if its name ends in `.html`, `.svg` or `.php`. The name can
 * also overwrite an existing file. The content type of an upload is only what the client claims.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/photos")
 * def photos():
 *     photo = request.files["photo"]
 *     photo.save("static/photos/" + photo.filename)
 *     return {}
 * ```
 * ```typescript
 * import multer from 'multer';
 *
 * export const storage = multer.diskStorage({
 *   destination: 'public/photos',
 *   filename: (_req, file, done) => done(null, file.originalname),
 * });
 * ```
 *
 * ## Good
 * ```python
 * import os
 * import secrets
 * from flask import Flask, abort, request
 *
 * app = Flask(__name__)
 * ENDINGS = {".jpg", ".png", ".webp"}
 *
 * @app.post("/photos")
 * def photos():
 *     photo = request.files["photo"]
 *     ending = os.path.splitext(photo.filename)[1].lower()
 *     if ending not in ENDINGS:
 *         abort(400)
 *     photo.save("/srv/photos/" + secrets.token_hex(16) + ending)
 *     return {}
 * ```
 * ```typescript
 * import { randomUUID } from 'node:crypto';
 * import { extname } from 'node:path';
 * import multer from 'multer';
 *
 * const endings = new Set(['.jpg', '.png', '.webp']);
 * export const upload = multer({
 *   storage: multer.diskStorage({
 *     destination: '/srv/photos',
 *     filename: (_req, file, done) => {
 *       const ending = extname(file.originalname).toLowerCase();
 *       if (endings.has(ending)) done(null, randomUUID() + ending);
 *       else done(new Error('This type of file is not taken.'), '');
 *     },
 *   }),
 *   limits: { fileSize: 5_000_000, files: 1 },
 * });
 * ```
 *
 * ## When not to use it
 * A multer storage that uses the client's name is not reported where a `fileFilter` checks the type. A file share may
 * store files of any type. Store them under names of your own, and send them with `Content-Disposition: attachment`
 * and `X-Content-Type-Options: nosniff`.
 */
import { isPlainFileWrite } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'upload/unchecked',
  title: 'Unrestricted file upload',
  severity: 'high',
  cwe: [434],
  owasp: 'A06:2025 Insecure Design',
  sinks: ['upload'],
  sources: ['remote'],
  message: 'An upload is stored under the name the client chose, or without a check of its type',
  advice:
    'Choose the file name yourself (`crypto.randomUUID()`), take the extension from an allow-list, and keep uploads where nothing is executed.',
  // The other rule of this ID checks multer's options together: there may be a filter as well as a name.
  pythonAdvice: {
    django:
      'Choose the file name yourself, check the extension with `FileExtensionValidator`, and serve uploads from another host.',
    any: 'Choose the file name yourself (`uuid.uuid4()`), take the extension from an allow-list, and keep uploads where nothing is executed.',
  },
  isOwn: (flow) => !isPlainFileWrite(flow) && !flow.sink.startsWith('multer.Storage.filename'),
} satisfies FlowRule);
