import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib';

type Answer = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => unknown;

/**
 * What every server of the sealed world answers, on every port and address. Each answer closes its connection, since a
 * kept one would not be resolved again.
 */
export function answerByPath(request: IncomingMessage, response: ServerResponse): void {
  const at = (request.url ?? '/').replace(/^https?:\/\/[^/]*/, '');
  const [path = '/', query = ''] = at.split(/\?(.*)/s);
  response.setHeader('connection', 'close');
  response.on('error', () => {});
  const answer = answers[path] ?? plain;
  Promise.resolve(answer(request, response, new URLSearchParams(query))).catch(() => response.destroy());
}

const plain: Answer = (_request, response) => response.end('ok');

const answers: Readonly<Record<string, Answer>> = {
  '/redirect': (_request, response, query) =>
    redirect(response, Number(query.get('status') ?? 302), query.get('to') ?? '/'),
  '/loop': (request, response) => redirect(response, 302, request.url ?? '/loop'),
  '/bytes': (_request, response, query) => {
    response.setHeader('content-length', number(query, 'n'));
    return send(response, body(query));
  },
  '/chunked': (_request, response, query) => send(response, body(query)),
  '/gzip': (_request, response, query) => {
    response.setHeader('content-encoding', 'gzip');
    return send(response, body(query), createGzip({ level: 1 }));
  },
  '/gzip2': (_request, response, query) => {
    response.setHeader('content-encoding', 'gzip, gzip');
    return send(response, body(query), createGzip({ level: 1 }), createGzip({ level: 1 }));
  },
  '/deflate': (_request, response, query) => {
    response.setHeader('content-encoding', 'deflate');
    return send(response, body(query), createDeflate({ level: 1 }));
  },
  '/br': (_request, response, query) => {
    response.setHeader('content-encoding', 'br');
    const params = { [constants.BROTLI_PARAM_QUALITY]: 1 };
    return send(response, body(query), createBrotliCompress({ params }));
  },
  '/headers': (_request, response, query) => {
    for (let left = number(query, 'n'), line = 0; left > 0; left -= 1_000, line++) {
      const name = `x-fill-${line}`;
      // The line's own `: ` and CRLF count.
      response.setHeader(name, 'a'.repeat(Math.max(1, Math.min(left, 1_000) - name.length - 4)));
    }
    response.end('ok');
  },
  '/slow-headers': (_request, response, query) => {
    const timer = setTimeout(() => response.end('ok'), number(query, 'ms'));
    response.on('close', () => clearTimeout(timer));
  },
  '/slow-body': (_request, response, query) => {
    const timer = setInterval(() => response.write('.'), number(query, 'ms'));
    response.on('close', () => clearInterval(timer));
  },
  '/never': () => {},
  '/early': async (_request, response, query) => {
    for (let sent = 0; sent < number(query, 'n') && !response.destroyed; sent++) {
      response.socket?.write('HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n');
      if (sent % 100 === 99) await new Promise(setImmediate);
    }
    response.end('ok');
  },
  '/type': (_request, response, query) => {
    response.setHeader('content-type', query.get('t') ?? 'text/plain');
    response.end('ok');
  },
  '/echo': async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }));
  },
  '/lying-length': (_request, response, query) => {
    response.setHeader('content-length', query.get('says') ?? '0');
    return send(response, body(query));
  },
  '/status': (_request, response, query) => {
    response.statusCode = number(query, 'code');
    response.end(response.statusCode === 204 ? undefined : 'ok');
  },
  '/refresh': (_request, response, query) => {
    response.setHeader('refresh', `0; url=${latin1(query.get('to') ?? '/')}`);
    response.end('ok');
  },
  '/location200': (_request, response, query) => {
    response.setHeader('location', latin1(query.get('to') ?? '/'));
    response.end('ok');
  },
};

/** Written by hand: an attacker's server is not held to what Node's header check lets pass. */
function redirect(response: ServerResponse, status: number, to: string): void {
  const head = `HTTP/1.1 ${status} Redirect\r\nlocation: ${to}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;
  response.socket?.end(head, 'utf8');
}

async function send(response: ServerResponse, ...streams: readonly (Readable | NodeJS.ReadWriteStream)[]) {
  // Who stops reading is the point of many of these.
  await pipeline([...streams, response] as unknown as [NodeJS.ReadableStream, NodeJS.WritableStream]).catch(
    () => {},
  );
}

/** `n` zero bytes, which shrink a thousandfold; with `fill=text` as many letters, which shrink to half as real ones do. */
function body(query: URLSearchParams): Readable {
  const count = number(query, 'n');
  const chunk = query.get('fill') === 'text' ? letters : Buffer.alloc(65_536);
  return Readable.from(
    (function* () {
      for (let left = count; left > 0; left -= chunk.length)
        yield chunk.subarray(0, Math.min(left, chunk.length));
    })(),
  );
}

const letters: Buffer = Buffer.from(randomBytes(32_768).toString('hex'));

function number(query: URLSearchParams, name: string): number {
  return Number(query.get(name) ?? 0);
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
