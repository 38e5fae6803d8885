import type { Readable } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export interface ReadBody {
  readonly body: string;
  readonly isCut: boolean;
}

export interface BodySource {
  readonly stream: Readable;
  /** The header `Content-Encoding`. */
  readonly coding: string | undefined;
  /** At the end: whether all of it came. */
  readonly isWhole: () => boolean;
}

/** Reads a body until `maxBytes` are there, it ends or breaks off, or `stop` is aborted. What was read by then is kept. */
export function readBody(from: BodySource, maxBytes: number, stop: AbortSignal): Promise<ReadBody> {
  const { stream, isWhole } = from;
  const source = decoded(from);
  if (source === undefined) {
    stream.destroy();
    return Promise.resolve({ body: '', isCut: true });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (isCut: boolean): void => {
      stop.removeEventListener('abort', cut);
      if (isCut) stream.destroy();
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
    source.on('end', () => end(!isWhole()));
    source.on('error', cut);
    stream.on('error', cut);
    stream.on('close', () => {
      if (!isWhole()) cut();
    });
    stop.addEventListener('abort', cut);
    if (stop.aborted) cut();
  });
}

/** Undefined for a coding that is not known: it was not asked for. */
function decoded({ stream, coding = '' }: BodySource): Readable | undefined {
  // A body that is cut off by a limit still decodes to its beginning.
  const flush = { finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return stream;
    case 'gzip':
    case 'x-gzip':
      return stream.pipe(createGunzip(flush));
    case 'deflate':
      return stream.pipe(createInflate(flush));
    case 'br':
      return stream.pipe(createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }));
    default:
      return undefined;
  }
}
