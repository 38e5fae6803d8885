import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a zip that is built by hand. Whatever isn't given is right, so that a case is wrong in one place. */
export interface BuiltEntry {
  readonly name: string | Buffer;
  readonly data?: Buffer | string;
  readonly method?: number;
  /** What stands for the content, in place of the data compressed. */
  readonly raw?: Buffer;
  readonly flags?: number;
  /** Unix mode, in the external attributes. */
  readonly mode?: number;
  readonly attributes?: number;
  readonly host?: number;
  /** The version of the format that it takes to extract it, times ten. */
  readonly version?: number;
  readonly crc?: number;
  readonly bytes?: number;
  readonly compressed?: number;
  readonly extra?: Buffer;
  /** What the local header says otherwise. */
  readonly local?: Partial<HeaderFields>;
  /** What the central header says otherwise. */
  readonly central?: Partial<HeaderFields> & { readonly start?: number; readonly comment?: string };
  /** What follows the content: a data descriptor, or something hidden. */
  readonly after?: Buffer;
  /** No local header and content: it shares that of another entry. */
  readonly centralOnly?: boolean;
  readonly localOnly?: boolean;
}

interface HeaderFields {
  readonly name: Buffer;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly compressed: number;
  readonly bytes: number;
  readonly extra: Buffer;
  readonly signature: number;
}

export interface BuiltZip {
  readonly before?: Buffer;
  /** Between the last entry and the central directory. */
  readonly between?: Buffer;
  readonly afterDirectory?: Buffer;
  readonly comment?: Buffer;
  readonly after?: Buffer;
  readonly entries?: number;
  readonly size?: number;
  readonly start?: number;
  readonly disk?: number;
}

export function buildZip(entries: readonly BuiltEntry[], zip: BuiltZip = {}): Buffer {
  const parts: Buffer[] = [zip.before ?? Buffer.alloc(0)];
  const central: Buffer[] = [];
  let position = parts[0]?.length ?? 0;
  for (const entry of entries) {
    const fields = fieldsOf(entry);
    const start = position;
    if (entry.centralOnly !== true) {
      const content = entry.raw ?? compress(entry, fields.method);
      const whole = Buffer.concat([
        localHeader({ ...fields, ...entry.local }),
        content,
        entry.after ?? Buffer.alloc(0),
      ]);
      parts.push(whole);
      position += whole.length;
    }
    if (entry.localOnly !== true)
      central.push(centralHeader(entry, { ...fields, ...entry.central }, entry.central?.start ?? start));
  }
  const directory = Buffer.concat(central);
  const between = zip.between ?? Buffer.alloc(0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip.disk ?? 0, 4);
  end.writeUInt16LE(zip.disk ?? 0, 6);
  end.writeUInt16LE(zip.entries ?? central.length, 8);
  end.writeUInt16LE(zip.entries ?? central.length, 10);
  end.writeUInt32LE(zip.size ?? directory.length, 12);
  end.writeUInt32LE(zip.start ?? position + between.length, 16);
  end.writeUInt16LE(zip.comment?.length ?? 0, 20);
  return Buffer.concat([
    ...[...parts, between, directory, zip.afterDirectory ?? Buffer.alloc(0), end],
    ...[zip.comment ?? Buffer.alloc(0), zip.after ?? Buffer.alloc(0)],
  ]);
}

/** A data descriptor with its signature. */
export function descriptor(crc: number, compressed: number, bytes: number): Buffer {
  const written = Buffer.alloc(16);
  written.writeUInt32LE(0x08074b50, 0);
  written.writeUInt32LE(crc, 4);
  written.writeUInt32LE(compressed, 8);
  written.writeUInt32LE(bytes, 12);
  return written;
}

export function extraField(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

function dataOf({ data = '' }: BuiltEntry): Buffer {
  return typeof data === 'string' ? Buffer.from(data) : data;
}

function compress(entry: BuiltEntry, method: number): Buffer {
  return method === 8 ? deflateRawSync(dataOf(entry)) : dataOf(entry);
}

function fieldsOf(entry: BuiltEntry): HeaderFields {
  const data = dataOf(entry);
  const method = entry.method ?? 0;
  const name = typeof entry.name === 'string' ? Buffer.from(entry.name) : entry.name;
  return {
    ...{ name, method, signature: 0x04034b50 },
    flags: entry.flags ?? (typeof entry.name === 'string' ? 0x0800 : 0),
    crc: entry.crc ?? crc32(data),
    compressed: entry.compressed ?? (entry.raw ?? compress(entry, method)).length,
    bytes: entry.bytes ?? data.length,
    extra: entry.extra ?? Buffer.alloc(0),
  };
}

function localHeader(fields: HeaderFields): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(fields.signature, 0);
  header.writeUInt16LE(20, 4);
  writeShared(header, 6, fields);
  return Buffer.concat([header, fields.name, fields.extra]);
}

function centralHeader(entry: BuiltEntry, fields: HeaderFields, start: number): Buffer {
  const header = Buffer.alloc(46);
  const comment = Buffer.from(entry.central?.comment ?? '');
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(((entry.host ?? 3) << 8) | 20, 4);
  header.writeUInt16LE(entry.version ?? 20, 6);
  writeShared(header, 8, fields);
  header.writeUInt16LE(comment.length, 32);
  const mode = entry.mode ?? (fields.name.at(-1) === 0x2f ? 0o040755 : 0o100644);
  header.writeUInt32LE(entry.attributes ?? (mode << 16) >>> 0, 38);
  header.writeUInt32LE(start, 42);
  return Buffer.concat([header, fields.name, fields.extra, comment]);
}

/** The fields that both headers have, in the same order. */
function writeShared(header: Buffer, at: number, fields: HeaderFields): void {
  header.writeUInt16LE(fields.flags, at);
  header.writeUInt16LE(fields.method, at + 2);
  header.writeUInt32LE(fields.crc, at + 8);
  header.writeUInt32LE(fields.compressed, at + 12);
  header.writeUInt32LE(fields.bytes, at + 16);
  header.writeUInt16LE(fields.name.length, at + 20);
  header.writeUInt16LE(fields.extra.length, at + 22);
}
