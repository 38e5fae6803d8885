import { malformed } from './archive-error.ts';
import type { FileBytes } from './file-bytes.ts';

/** Where the central directory of a zip is. */
export interface ZipEnd {
  readonly entries: number;
  readonly start: number;
  readonly end: number;
}

const signature = Buffer.from('PK\x05\x06', 'latin1');
const locatorSignature = 0x07064b50;
const end64Signature = 0x06064b50;
const endBytes = 22;
const locatorBytes = 20;
const end64Bytes = 56;

/**
 * Reads the end of a zip (APPNOTE.TXT 4.3.14 to 4.3.16). Exactly one record may be the end. It must be the last one, and the central directory
 * must come right before it.
 */
export function readZipEnd(file: FileBytes): ZipEnd {
  const tail = file.read(
    'zip',
    Math.max(0, file.size - endBytes - 65_535),
    Math.min(file.size, endBytes + 65_535),
  );
  const at = tail.lastIndexOf(signature);
  if (at === -1 || at + endBytes > tail.length) throw malformed('zip', 'no-end-record');
  const record = tail.subarray(at);
  // A reader that looks for the last signature, and one that trusts the length of the comment, must find the same record.
  if (record.readUInt16LE(20) !== record.length - endBytes) throw malformed('zip', 'ambiguous-end');
  for (let other = tail.indexOf(signature); other < at; other = tail.indexOf(signature, other + 1)) {
    if (other + endBytes + tail.readUInt16LE(other + 20) === tail.length)
      throw malformed('zip', 'ambiguous-end');
  }
  const position = file.size - record.length;
  const disks = [record.readUInt16LE(4), record.readUInt16LE(6)];
  const end = {
    here: record.readUInt16LE(8),
    entries: record.readUInt16LE(10),
    size: record.readUInt32LE(12),
    start: record.readUInt32LE(16),
  };
  const long = readZip64End(file, position);
  const isShort = end.entries !== 0xffff && end.size !== 0xffffffff && end.start !== 0xffffffff;
  if (long === undefined && !isShort) throw malformed('zip', 'zip64-disagrees');
  const directory = long ?? { ...end, position };
  if (
    disks.some((disk) => disk !== 0 && !(long !== undefined && disk === 0xffff)) ||
    !agrees(end.here, 0xffff, directory.entries) ||
    !agrees(end.entries, 0xffff, directory.entries) ||
    !agrees(end.size, 0xffffffff, directory.size) ||
    !agrees(end.start, 0xffffffff, directory.start)
  ) {
    throw malformed('zip', long === undefined ? 'several-disks' : 'zip64-disagrees');
  }
  if (directory.start + directory.size !== directory.position) throw malformed('zip', 'gap');
  return { entries: directory.entries, start: directory.start, end: directory.position };
}

function agrees(short: number, saturated: number, value: number): boolean {
  return short === value || short === saturated;
}

function readZip64End(
  file: FileBytes,
  endPosition: number,
): (Omit<ZipEnd, 'end'> & { size: number; position: number }) | undefined {
  if (endPosition < locatorBytes) return undefined;
  const locator = file.read('zip', endPosition - locatorBytes, locatorBytes);
  if (locator.readUInt32LE(0) !== locatorSignature) return undefined;
  const position = endPosition - locatorBytes - end64Bytes;
  const pointed = numberAt(locator, 8);
  if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) !== 1 || pointed !== position) {
    throw malformed('zip', 'zip64-disagrees');
  }
  const record = file.read('zip', position, end64Bytes);
  const entries = numberAt(record, 32);
  if (
    record.readUInt32LE(0) !== end64Signature ||
    numberAt(record, 4) !== end64Bytes - 12 ||
    record.readUInt32LE(16) !== 0 ||
    record.readUInt32LE(20) !== 0 ||
    numberAt(record, 24) !== entries
  ) {
    throw malformed('zip', 'zip64-disagrees');
  }
  return { entries, size: numberAt(record, 40), start: numberAt(record, 48), position };
}

/** A 64-bit number that is small enough to be a position in a file. */
export function numberAt(bytes: Buffer, offset: number): number {
  const value = Number(bytes.readBigUInt64LE(offset));
  if (!Number.isSafeInteger(value)) throw malformed('zip', 'number');
  return value;
}
