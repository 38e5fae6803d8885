import { Transform, type TransformCallback } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Takes off the one content coding that `codings` names; undefined where there is none that is known here. */
export function createDecoder(codings: string): Transform | undefined {
  // Each piece is handed on as it comes, and a body that was cut off ends where it was cut, as curl and browsers have it.
  const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  switch (codings.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(flush);
    case 'deflate':
      return new Inflate();
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      return undefined;
  }
}

/** `deflate` is zlib's format (RFC 9110, 8.4.1.2), and some servers send it without its header. The first byte tells. */
class Inflate extends Transform {
  #inner: Transform | undefined;

  override _transform(chunk: Buffer, encoding: BufferEncoding, done: TransformCallback): void {
    if (!this.#inner) {
      const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
      this.#inner = ((chunk[0] ?? 0) & 0x0f) === 8 ? createInflate(flush) : createInflateRaw(flush);
      this.#inner.on('data', (data: Buffer) => {
        if (!this.push(data)) this.#inner?.pause();
      });
      this.#inner.once('error', (error) => this.destroy(error));
    }
    this.#inner.write(chunk, encoding, (error) => done(error));
  }

  override _read(size: number): void {
    this.#inner?.resume();
    super._read(size);
  }

  override _flush(done: TransformCallback): void {
    if (this.#inner) this.#inner.once('end', () => done()).end();
    else done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#inner?.destroy();
    done(error);
  }
}
