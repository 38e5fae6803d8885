import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export interface ReadBody {
  readonly body: string;
  readonly isCut: boolean;
}

/** Reads a body until `maxBytes` are there, it ends or breaks off, or `stop` is aborted. What was read by then is kept. */
export function readBody(res: IncomingMessage, maxBytes: number, stop: AbortSignal): Promise<ReadBody> {
  const source = decoded(res);
  if (source === undefined) {
    res.destroy();
    return Promise.resolve({ body: '', isCut: true });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (isCut: boolean): void => {
      stop.removeEventListener('abort', cut);
      if (isCut) res.destroy();
      resolve({ body: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'), isCut });
    };
    const cut = (): void => end(true);
    source.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= maxBytes) return;
      source.destroy();
      cut();
    });
    source.on('end', () => end(!res.complete));
    source.on('error', cut);
    res.on('error', cut);
    res.on('close', () => {
      if (!res.complete) cut();
    });
    stop.addEventListener('abort', cut);
    if (stop.aborted) cut();
  });
}

/** Undefined for a coding that is not known: it was not asked for. */
function decoded(res: IncomingMessage): Readable | undefined {
  const coding = (res.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  // A body that is cut off by a limit still decodes to its beginning.
  const flush = { finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case '':
    case 'identity':
      return res;
    case 'gzip':
    case 'x-gzip':
      return res.pipe(createGunzip(flush));
    case 'deflate':
      return res.pipe(createInflate(flush));
    case 'br':
      return res.pipe(createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }));
    default:
      return undefined;
  }
}
