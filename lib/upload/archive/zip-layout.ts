import { malformed } from './archive-error.ts';
import type { FileBytes } from './file-bytes.ts';
import { isStreamed, type ZipEntry } from './zip-entry.ts';
import { readExtraFields, unicodePath, widen } from './zip-extra.ts';

const localBytes = 30;
const levels = 0x0006;
const descriptorSignature = 0x08074b50;

/**
 * Compares every local header with its entry, and checks that headers, contents and descriptors follow each other from the first byte of the file
 * to the central directory, without overlaps (Fifield's bombs) and without gaps.
 *
 * @returns the offset of each entry's content, in the order of `entries`
 */
export function readZipLayout(file: FileBytes, entries: readonly ZipEntry[], end: number): number[] {
  const order = entries
    .map((_, index) => index)
    .sort((one, other) => startOf(entries, one) - startOf(entries, other));
  const contents: number[] = new Array(entries.length).fill(0);
  let expected = 0;
  order.forEach((index, place) => {
    const entry = entries[index] as ZipEntry;
    if (entry.start !== expected) throw malformed('zip', entry.start < expected ? 'overlap' : 'gap');
    const content = contentStart(file, entry);
    const contentEnd = content + entry.compressed;
    const following = order[place + 1];
    const next = following === undefined ? end : startOf(entries, following);
    if (contentEnd > next) throw malformed('zip', 'overlap');
    checkBetween(file, entry, contentEnd, next);
    contents[index] = content;
    expected = next;
  });
  if (expected !== end) throw malformed('zip', 'gap');
  return contents;
}

function startOf(entries: readonly ZipEntry[], index: number): number {
  return (entries[index] as ZipEntry).start;
}

function contentStart(file: FileBytes, entry: ZipEntry): number {
  const header = file.read('zip', entry.start, localBytes);
  const nameLength = header.readUInt16LE(26);
  const extraLength = header.readUInt16LE(28);
  const after = file.read('zip', entry.start + localBytes, nameLength + extraLength);
  const name = after.subarray(0, nameLength);
  const fields = readExtraFields(after.subarray(nameLength));
  const isSame =
    header.readUInt32LE(0) === 0x04034b50 &&
    (header.readUInt16LE(6) & ~levels) === (entry.flags & ~levels) &&
    header.readUInt16LE(8) === entry.method &&
    name.equals(entry.rawName);
  if (!isSame) throw malformed('zip', 'headers-disagree');
  unicodePath(name, fields);
  const crc = header.readUInt32LE(14);
  const [compressed, bytes] = [header.readUInt32LE(18), header.readUInt32LE(22)];
  const wide = widen(
    [
      ['bytes', bytes],
      ['compressed', compressed],
    ],
    fields,
  );
  const isUnknown = (entry.flags & isStreamed) !== 0;
  const agrees = (value: number, wanted: number): boolean =>
    value === wanted || (isUnknown && (value === 0 || value === 0xffffffff));
  if (
    !agrees(crc, entry.crc) ||
    !agrees(wide.bytes, entry.bytes) ||
    !agrees(wide.compressed, entry.compressed)
  ) {
    throw malformed('zip', 'headers-disagree');
  }
  return entry.start + localBytes + nameLength + extraLength;
}

/** Between a content and the next header, only the data descriptor that the flags announce is allowed (APPNOTE.TXT 4.3.9). */
function checkBetween(file: FileBytes, entry: ZipEntry, from: number, to: number): void {
  const length = to - from;
  if ((entry.flags & isStreamed) === 0) {
    if (length !== 0) throw malformed('zip', 'gap');
    return;
  }
  if (![12, 16, 20, 24].includes(length)) throw malformed('zip', 'data-descriptor');
  const descriptor = file.read('zip', from, length);
  const hasSignature = length === 16 || length === 24;
  const body = hasSignature ? descriptor.subarray(4) : descriptor;
  const isWide = body.length === 20;
  const compressed = isWide ? Number(body.readBigUInt64LE(4)) : body.readUInt32LE(4);
  const bytes = isWide ? Number(body.readBigUInt64LE(12)) : body.readUInt32LE(8);
  if (
    (hasSignature && descriptor.readUInt32LE(0) !== descriptorSignature) ||
    body.readUInt32LE(0) !== entry.crc ||
    compressed !== entry.compressed ||
    bytes !== entry.bytes
  ) {
    throw malformed('zip', 'data-descriptor');
  }
}
