import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { knownOptions } from '../internal/known-options.ts';
import type { WebRequest } from '../request/any-request.ts';
import { answerFile, type FileAnswerOptions, fileAnswerOptions } from './answer-file.ts';
import { openAnswerable, type ServedFileOptions } from './open-answerable.ts';
import type { SafePath } from './safe-path.ts';
import { writeFileAnswer } from './write-file-answer.ts';

export interface SendFileOptions extends FileAnswerOptions, ServedFileOptions {}

const sendFileOptions: readonly (keyof SendFileOptions)[] = [
  ...fileAnswerOptions,
  ...(['name', 'type', 'links', 'allowDotFiles', 'allowHardLinks'] as const),
];

/**
 * Answers a request with a file. By default it is private: the browser saves it, keeps it to itself and never runs it. Ranges, conditions and
 * `HEAD` are answered as RFC 9110 says. Directories are never listed, and files whose name starts with a dot are not sent (CWE-548, CWE-552).
 *
 * Resolves when the file is sent, or when the client has gone away. If it rejects, nothing has been sent yet: let the application's error handler
 * answer.
 *
 * @throws Refusal `path/dot-file`, `path/link`, `path/not-a-file`, `path/hard-link`
 * @throws an error that adapters answer with 404, if there is no such file
 *
 * @example
 * ```ts
 * import { inside, sendFile } from 'bulwark/path';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/invoices/:name', async (req, res) => {
 *   await sendFile(req, res, inside('/srv/shop/invoices', req.params.name));
 * }); // Content-Disposition: attachment; filename="2026-17.pdf"
 * ```
 */
export async function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  path: SafePath,
  options: SendFileOptions = {},
): Promise<void> {
  const { served, answer } = split(options);
  await writeFileAnswer(res, await answerFile(req, await openAnswerable(path, served), answer));
}

/**
 * The same as a web `Response`. If the file gets shorter while it is sent, the answer is cut off.
 *
 * @throws as `sendFile`
 *
 * @example
 * ```ts
 * import { fileResponse, inside } from 'bulwark/path';
 *
 * export async function download(request: Request): Promise<Response> {
 *   const name = new URL(request.url).searchParams.get('name');
 *   return fileResponse(request, inside('/srv/shop/invoices', name));
 * }
 * ```
 */
export async function fileResponse(
  request: WebRequest,
  path: SafePath,
  options: SendFileOptions = {},
): Promise<Response> {
  const { served, answer } = split(options);
  const { status, headers, body } = await answerFile(request, await openAnswerable(path, served), answer);
  const stream = body && (Readable.toWeb(body) as unknown as ReadableStream<Uint8Array>);
  return new Response(stream ?? null, { status, headers: headers as [string, string][] });
}

function split(options: SendFileOptions): {
  readonly served: ServedFileOptions;
  readonly answer: FileAnswerOptions;
} {
  const own = knownOptions(options, sendFileOptions);
  const { disposition, cacheControl, allowActiveContent, allowEmbedding, ...served } = own;
  const answer = { disposition, cacheControl, allowActiveContent, allowEmbedding } as FileAnswerOptions;
  // The rest of a destructuring inherits: a polluted prototype would send dot files.
  return { served: Object.assign(Object.create(null), served), answer };
}
