import { readSync } from 'node:fs';

/**
 * Bytes of a file at a place.
 *
 * @throws {Error} where it ends before
 */
export function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length));
  const read = position < 0 ? 0 : readSync(descriptor, bytes, 0, bytes.length, position);
  if (read < length) throw new Error('was cut');
  return bytes;
}
