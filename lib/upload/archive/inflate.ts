import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { type ArchiveFormat, malformed } from './archive-error.ts';

/**
 * Inflates a raw deflate stream (RFC 1951) into `take`, chunk by chunk. A limit in `take` can therefore stop a bomb after one chunk.
 *
 * @returns how many compressed bytes the stream really has: the rest belongs to something else
 */
export async function inflate(
  format: ArchiveFormat,
  compressed: AsyncIterable<Buffer>,
  take: (chunk: Buffer) => void | Promise<void>,
): Promise<number> {
  const engine = createInflateRaw({ chunkSize: 65_536 });
  let hasEnded = false;
  let refused: { readonly error: unknown } | undefined;
  async function* untilEnd(): AsyncGenerator<Buffer> {
    for await (const chunk of compressed) {
      if (hasEnded) return;
      yield chunk;
    }
  }
  try {
    await pipeline(Readable.from(untilEnd(), { objectMode: true }), engine, async (inflated) => {
      for await (const chunk of inflated) {
        try {
          await take(chunk as Buffer);
        } catch (error) {
          refused = { error };
          throw error;
        }
      }
      hasEnded = true;
    });
  } catch (error) {
    // Destroyed streams may fail with errors of their own.
    if (refused !== undefined) throw (refused as { readonly error: unknown }).error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (/^Z_(?:DATA|BUF|STREAM|NEED)/.test(code)) throw malformed(format, 'compressed-data');
    throw error;
  }
  return engine.bytesWritten;
}
