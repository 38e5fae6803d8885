import type { Bytes } from '../kept-files.ts';

/** Bytes in memory that can be read like those of a file. */
export function bytesOf(buffer: Buffer): Bytes {
  return { size: buffer.length, read: (at, length) => buffer.subarray(at, at + length) };
}
