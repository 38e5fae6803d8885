import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Makes what takes a coding off, for a body that begins with these bytes. */
export type MakeDecoder = (first: Uint8Array) => Transform;

/** For the one content coding that `codings` names; undefined where there is none that is known here. */
export function decoderFor(codings: string): MakeDecoder | undefined {
  switch (codings.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return () => createGunzip(flush);
    case 'deflate':
      // zlib's format (RFC 9110, 8.4.1.2), which some servers send without its header.
      return ([first = 0]) => ((first & 0x0f) === 8 ? createInflate(flush) : createInflateRaw(flush));
    case 'br':
      return () => createBrotliDecompress(flushBrotli);
    default:
      return undefined;
  }
}

// Each piece is handed on as it comes, and a body that was cut off ends where it was cut, as curl and browsers have it.
const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const flushBrotli = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};
