import type { Readable } from 'node:stream';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type AnyRequest, headerOf, methodOf } from '../request/any-request.ts';
import { type ByteRange, byteRange } from './byte-range.ts';
import { contentDisposition } from './content-disposition.ts';
import { allowsRange, judgePreconditions } from './preconditions.ts';

/** An open file, and what an answer says about it. */
export interface AnswerableFile {
  readonly bytes: number;
  readonly modifiedAt: Date;
  /** With its quotes. A strong one: other content always has another ETag. */
  readonly etag: string;
  /** The name under which the browser suggests to save it. */
  readonly name: string;
  /** Without parameters, such as `image/png`. */
  readonly type: string;
  /** The bytes of the range, or all of them. The stream closes the file. */
  read(range?: ByteRange): Readable;
  /** Closes a file that isn't read. */
  close(): Promise<void>;
}

export interface FileAnswerOptions {
  /**
   * `attachment` by default: the browser saves the file. `inline` shows it where the browser can, still in a sandbox. Browsers don't
   * show a PDF in a sandbox.
   */
  readonly disposition?: 'attachment' | 'inline';
  /** `Cache-Control`. `private, no-cache` by default: only the browser keeps the file, and asks again each time. */
  readonly cacheControl?: string;
  /**
   * Sends no sandbox policy, shows the file by default, and lets it run scripts. Pages, style sheets and scripts of your own need that. Never set
   * it for users' uploads.
   */
  readonly allowActiveContent?: boolean;
  /** Lets pages of other origins embed the file: those of the same site, or all. By default none (`Cross-Origin-Resource-Policy`). */
  readonly allowEmbedding?: 'same-site' | 'cross-origin';
}

export const fileAnswerOptions: readonly (keyof FileAnswerOptions)[] = [
  'disposition',
  'cacheControl',
  'allowActiveContent',
  'allowEmbedding',
];

/** An answer, not yet sent. */
export interface FileAnswer {
  readonly status: 200 | 206 | 304 | 412 | 416;
  /** Spelt as they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Readable | undefined;
}

/** Scripts and forms are blocked, and the document gets an opaque origin, so its content can't reach the site that serves it. */
const sandboxPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/**
 * The answer to a request for a file (RFC 9110): one range, conditions by ETag and date, `HEAD`. The browser never guesses another type
 * (`nosniff`), saves the file under its name, and shows it only in a sandbox (CWE-79, CWE-430, CWE-524).
 *
 * The body's stream, or `close`, closes the file.
 */
export async function answerFile(
  request: AnyRequest,
  file: AnswerableFile,
  options: FileAnswerOptions = {},
): Promise<FileAnswer> {
  let answer: FileAnswer | undefined;
  try {
    answer = makeAnswer(request, file, options);
  } finally {
    if (answer?.body === undefined) await file.close();
  }
  return answer;
}

function makeAnswer(request: AnyRequest, file: AnswerableFile, options: FileAnswerOptions): FileAnswer {
  const headers = fileHeaders(file, options);
  const { status, range } = decide(request, file);
  if (status === 304) {
    // A browser takes the policy of a 304 for the file that it has: without this one, any other would end the sandbox.
    return {
      status,
      headers: headers.filter(([name]) => !/^content-(?!security-policy$|type$)/i.test(name)),
      body: undefined,
    };
  }
  if (status === 412 || status === 416) {
    const empty = headers.filter(([name]) => /^(?:X-Content|Cache-Control|Cross)/.test(name));
    empty.push(['Content-Length', '0']);
    if (status === 416) empty.push(['Content-Range', `bytes */${file.bytes}`]);
    return { status, headers: empty, body: undefined };
  }
  const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
  headers.push(['Content-Length', String(end - start + 1)]);
  if (range) headers.push(['Content-Range', `bytes ${start}-${end}/${file.bytes}`]);
  const isSent = methodOf(request) !== 'HEAD' && file.bytes > 0;
  return { status, headers, body: isSent ? file.read(range) : undefined };
}

function decide(
  request: AnyRequest,
  file: AnswerableFile,
): { readonly status: FileAnswer['status']; readonly range?: ByteRange } {
  const judged = judgePreconditions(request, file);
  if (judged === 'failed') return { status: 412 };
  if (judged === 'not-modified') return { status: 304 };
  if (methodOf(request) !== 'GET' || !allowsRange(request, file)) return { status: 200 };
  const range = byteRange(headerOf(request, 'range'), file.bytes);
  if (range === 'unsatisfiable') return { status: 416 };
  return range ? { status: 206, range } : { status: 200 };
}

/** @throws Misuse `bulwark/invalid-option` */
export function checkAnswerOptions(options: FileAnswerOptions): void {
  fileHeaders({ modifiedAt: new Date(0), etag: '""', name: 'a.txt', type: 'text/plain' }, options);
}

function fileHeaders(
  file: Pick<AnswerableFile, 'modifiedAt' | 'etag' | 'name' | 'type'>,
  options: FileAnswerOptions,
): [name: string, value: string][] {
  const own = knownOptions(options, fileAnswerOptions);
  const isActive = own.allowActiveContent === true;
  const headers: [string, string][] = [
    ['Content-Type', withCharset(isActive ? file.type : unloadable(file.type))],
    ['Content-Disposition', contentDisposition(dispositionOf(own.disposition, isActive), file.name)],
    ['X-Content-Type-Options', 'nosniff'],
    ['Cache-Control', headerText('cacheControl', own.cacheControl ?? 'private, no-cache')],
    ['ETag', file.etag],
    ['Last-Modified', file.modifiedAt.toUTCString()],
    ['Accept-Ranges', 'bytes'],
  ];
  if (!isActive) headers.push(['Content-Security-Policy', sandboxPolicy]);
  headers.push(['Cross-Origin-Resource-Policy', embedding(own.allowEmbedding)]);
  return headers;
}

function dispositionOf(wanted: unknown, isActive: boolean): 'attachment' | 'inline' {
  if (wanted === undefined) return isActive ? 'inline' : 'attachment';
  if (wanted === 'attachment' || wanted === 'inline') return wanted;
  throw new Misuse('bulwark/invalid-option', "disposition is 'attachment' or 'inline'.");
}

function embedding(wanted: unknown): string {
  if (wanted === undefined) return 'same-origin';
  if (wanted === 'same-site' || wanted === 'cross-origin') return wanted;
  throw new Misuse('bulwark/invalid-option', "allowEmbedding is 'same-site' or 'cross-origin'.");
}

function headerText(name: string, value: unknown): string {
  if (typeof value === 'string' && /^[\x20-\x7e]{1,500}$/.test(value)) return value;
  throw new Misuse('bulwark/invalid-option', `${name} is the text of a header, in ASCII.`);
}

/** The JavaScript MIME types of the MIME Sniffing standard (4.6), and style sheets. */
const loadable =
  /^(?:text\/(?:css|jscript|livescript|javascript1\.[0-5])|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i;

/** A page of the same site loads a script even where the browser would save it, and `script-src 'self'` allows that. */
function unloadable(type: string): string {
  return loadable.test(type) ? 'application/octet-stream' : type;
}

/** Browsers guess the charset of text without one, and UTF-7 or ISO-2022-JP can hide scripts that UTF-8 shows. */
function withCharset(type: string): string {
  if (!/^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(type)) {
    throw new Misuse('bulwark/invalid-option', 'type is a media type without parameters, such as image/png.');
  }
  return /^text\/|[/+](?:json|xml)$/.test(type) ? `${type}; charset=utf-8` : type;
}
