import { crc32 } from 'node:zlib';
import { malformed } from './archive-error.ts';
import type { FileBytes } from './file-bytes.ts';
import { inflate } from './inflate.ts';

/** Header fields are short; the search for their ends stops here. */
const maxHeader = 70_000;

/**
 * Decompresses a gzip file (RFC 1952) that is exactly one member. Checksum and length are checked at the end, so use what `take` got only if this
 * resolves.
 */
export async function readGzip(file: FileBytes, take: (chunk: Buffer) => void): Promise<void> {
  const start = headerLength(file.read('gz', 0, Math.min(maxHeader, file.size)));
  let crc = 0;
  let bytes = 0;
  const consumed = await inflate('gz', file.chunks('gz', start, file.size), (chunk) => {
    crc = crc32(chunk, crc);
    bytes += chunk.length;
    take(chunk);
  });
  const trailer = file.read('gz', start + consumed, 8);
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== bytes % 2 ** 32) {
    throw malformed('gz', 'checksum');
  }
  // Also a second member: some programs read on, others stop here.
  if (start + consumed + 8 !== file.size) throw malformed('gz', 'trailing-data');
}

const hasCrc = 2;
const hasExtra = 4;
const hasName = 8;
const hasComment = 16;

function headerLength(bytes: Buffer): number {
  if (bytes.length < 18 || bytes[2] !== 8) throw malformed('gz', 'header');
  const flags = bytes[3] as number;
  if ((flags & 0xe0) !== 0) throw malformed('gz', 'header');
  let position = 10;
  if (flags & hasExtra) {
    if (position + 2 > bytes.length) throw malformed('gz', 'header');
    position += 2 + bytes.readUInt16LE(position);
  }
  for (const flag of [hasName, hasComment]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, position);
    if (end === -1) throw malformed('gz', 'header');
    position = end + 1;
  }
  if (flags & hasCrc) position += 2;
  if (position > bytes.length) throw malformed('gz', 'header');
  return position;
}
