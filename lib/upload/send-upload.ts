import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { enforce } from '../internal/refuse.ts';
import { answerFile, type FileAnswer } from '../path/answer-file.ts';
import { writeFileAnswer } from '../path/write-file-answer.ts';
import type { AnyRequest, WebRequest } from '../request/any-request.ts';
import { judgeUploadHost } from './judge-upload-host.ts';
import { readServeOptions, type ServeUploadOptions } from './serve-options.ts';
import { servedName, servedType } from './served-type.ts';
import type { UploadStore } from './upload-store.ts';

/**
 * Answers a request with an uploaded file. The browser saves it under the user's name and never guesses its type. If it is opened anyway, it is in
 * a sandbox, runs no scripts and has an opaque origin (CWE-79, CWE-434). Scripts, style sheets, pages, SVG and XML are sent as
 * `application/octet-stream`, so that no page can load them either. Ranges, conditions and `HEAD` are answered as RFC 9110 says.
 *
 * Before you call it, check whether this user may have this file.
 *
 * @param id untrusted: anything except the id of a file that is ready is refused
 * @throws Refusal `upload/not-found`, `upload/other-origin`, `upload/damaged-file`, `upload/store-failed`
 *
 * @example
 * ```ts
 * import express from 'express';
 * import { sendUpload } from 'bulwark/upload';
 * import { diskStore } from 'bulwark/upload/disk';
 *
 * const store = diskStore({ folder: '/var/lib/shop/uploads' });
 * const app = express();
 * app.get('/files/:id', async (req, res) => {
 *   await sendUpload(req, res, store, req.params.id);
 * }); // Content-Disposition: attachment; filename="report.pdf"
 * ```
 */
export async function sendUpload(
  req: IncomingMessage,
  res: ServerResponse,
  store: UploadStore,
  id: string,
  options: ServeUploadOptions = {},
): Promise<void> {
  await writeFileAnswer(res, await answerUpload(req, store, id, options));
}

/**
 * The same as a web `Response`.
 *
 * @throws as `sendUpload`
 *
 * @example
 * ```ts
 * import { type UploadStore, uploadResponse } from 'bulwark/upload';
 *
 * export async function avatar(request: Request, store: UploadStore, id: string): Promise<Response> {
 *   return uploadResponse(request, store, id, { allowInline: ['image/png'] });
 * }
 * ```
 */
export async function uploadResponse(
  request: WebRequest,
  store: UploadStore,
  id: string,
  options: ServeUploadOptions = {},
): Promise<Response> {
  const { status, headers, body } = await answerUpload(request, store, id, options);
  const stream = body && (Readable.toWeb(body) as unknown as ReadableStream<Uint8Array>);
  return new Response(stream ?? null, { status, headers: headers as [string, string][] });
}

async function answerUpload(
  request: AnyRequest,
  store: UploadStore,
  id: string,
  options: ServeUploadOptions,
): Promise<FileAnswer> {
  const { origin, inline, answer } = readServeOptions(options);
  enforce(judgeUploadHost(request, origin));
  const file = await store.open(id);
  const { record, modifiedAt } = file;
  const served = {
    ...{ bytes: record.bytes, modifiedAt, name: servedName(record), type: servedType(record.type) },
    // A file never changes: other content has another id.
    etag: `"${record.id}"`,
    read: (range?: { readonly start: number; readonly end: number }) => file.read(range),
    close: () => file.close(),
  };
  const disposition = inline.has(record.type) ? 'inline' : 'attachment';
  return answerFile(request, served, { ...answer, disposition });
}
