import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { readAt } from './read-at.ts';

/** Of one file in the archive, unpacked. */
const mostBytes = 32 * 1024 * 1024;
/** Of all of them. */
const mostUnpacked = 8 * 1024 * 1024 * 1024;
const mostDirectory = 1024 * 1024 * 1024;
const mostEntries = 3_000_000;
/** The end of an archive: 22 bytes, and a comment. */
const mostEnd = 22 + 65_535;

/**
 * Reads the files of a ZIP archive one after the other, those of Zip64 too: OSV's has more than 65,535.
 *
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @throws {Error} for an archive that is broken or too large: the message is a part of a sentence
 */
export function readZip(file: string, onFile: (name: string, bytes: Buffer) => void): void {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new Error('is not a file');
    const { count, size, offset } = readEnd(descriptor, stat.size);
    if (count > mostEntries || size > mostDirectory) throw new Error('has too many files');
    const directory = readAt(descriptor, offset, size);
    let at = 0;
    let unpacked = 0;
    for (let index = 0; index < count; index++) {
      const entry = readEntry(directory, at);
      at = entry.end;
      if (entry.name.endsWith('/')) continue;
      unpacked += entry.unpacked;
      if (unpacked > mostUnpacked) throw new Error('is too large when unpacked');
      onFile(entry.name, unpack(descriptor, entry));
    }
  } finally {
    closeSync(descriptor);
  }
}

interface Directory {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

function readEnd(descriptor: number, length: number): Directory {
  const tail = readAt(descriptor, Math.max(0, length - mostEnd), Math.min(length, mostEnd));
  const at = tail.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (at < 0 || at + 22 > tail.length) throw new Error('is not a ZIP archive, or was cut');
  const directory = {
    count: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const isLarge =
    directory.count === 0xffff || directory.size === 0xffffffff || directory.offset === 0xffffffff;
  return isLarge ? readLargeEnd(descriptor, tail, at) : directory;
}

function readLargeEnd(descriptor: number, tail: Buffer, end: number): Directory {
  const locator = end - 20;
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) throw new Error('has no Zip64 directory');
  const record = readAt(descriptor, Number(tail.readBigUInt64LE(locator + 8)), 56);
  if (record.readUInt32LE(0) !== 0x06064b50) throw new Error('has a broken Zip64 directory');
  return {
    count: Number(record.readBigUInt64LE(32)),
    size: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
  };
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
  readonly end: number;
}

function readEntry(directory: Buffer, at: number): Entry {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
    throw new Error('has a broken directory');
  if ((directory.readUInt16LE(at + 8) & 1) !== 0) throw new Error('is encrypted');
  const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const extra = directory.subarray(nameEnd, extraEnd);
  let next = largeFields(extra);
  const wide = (value: number): number => {
    if (value !== 0xffffffff) return value;
    if (next.length < 8) throw new Error('has a broken Zip64 entry');
    const large = Number(next.readBigUInt64LE(0));
    next = next.subarray(8);
    return large;
  };
  const unpacked = wide(directory.readUInt32LE(at + 24));
  const packed = wide(directory.readUInt32LE(at + 20));
  return {
    name: directory.toString('utf8', at + 46, nameEnd),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packed,
    unpacked,
    offset: wide(directory.readUInt32LE(at + 42)),
    end: extraEnd + directory.readUInt16LE(at + 32),
  };
}

function largeFields(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  return Buffer.alloc(0);
}

function unpack(descriptor: number, { method, crc, packed, unpacked, offset }: Entry): Buffer {
  if (packed > mostBytes || unpacked > mostBytes) throw new Error('has a file that is too large');
  const header = readAt(descriptor, offset, 30);
  if (header.readUInt32LE(0) !== 0x04034b50) throw new Error('has a broken file');
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const bytes = readAt(descriptor, start, packed);
  if (method !== 0 && method !== 8) throw new Error('is packed in a way that is not known');
  const whole = method === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: mostBytes });
  if (whole.length !== unpacked || crc32(whole) !== crc) throw new Error('has a broken file');
  return whole;
}
