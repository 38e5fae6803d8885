import { forbidden, malformed } from './archive-error.ts';
import { decodeCp437 } from './cp437.ts';
import type { EntryKind } from './entry-names.ts';
import { readExtraFields, unicodePath, widen } from './zip-extra.ts';

export interface ZipEntry {
  readonly name: string;
  readonly kind: EntryKind;
  readonly rawName: Buffer;
  readonly flags: number;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly compressed: number;
  readonly bytes: number;
  /** The offset of its local header. */
  readonly start: number;
}

export const centralBytes = 46;
/** The sizes follow the content, in a data descriptor. */
export const isStreamed = 0x0008;
const isEncrypted = 0x2041;
const isPatch = 0x0020;
const isUtf8 = 0x0800;
const levels = 0x0006;
const knownFlags = isStreamed | isUtf8 | levels;

/** The forms of a file in Unix, in the upper half of the external attributes. */
const unixKinds: Readonly<Record<number, EntryKind | string>> = {
  ...{ 0: 'any', 8: 'file', 4: 'directory' },
  ...{ 1: 'fifo', 2: 'device', 6: 'device', 10: 'link', 12: 'socket' },
};

/**
 * Reads one header of the central directory (APPNOTE.TXT 4.3.12).
 *
 * @param directory from the header on
 * @returns the entry, and where the next header begins
 */
export function readZipEntry(directory: Buffer): { readonly entry: ZipEntry; readonly next: number } {
  if (directory.length < centralBytes || directory.readUInt32LE(0) !== 0x02014b50) {
    throw malformed('zip', 'central-directory');
  }
  const nameEnd = centralBytes + directory.readUInt16LE(28);
  const extraEnd = nameEnd + directory.readUInt16LE(30);
  const next = extraEnd + directory.readUInt16LE(32);
  if (next > directory.length) throw malformed('zip', 'central-directory');
  // Some programs read versions after 6.3, the last one with a number, and others refuse them.
  if ((directory[6] as number) > 63) throw malformed('zip', 'version');
  const rawName = directory.subarray(centralBytes, nameEnd);
  const flags = directory.readUInt16LE(8);
  const fields = readExtraFields(directory.subarray(nameEnd, extraEnd));
  const name = nameOf(rawName, flags, directory[5] as number, fields);
  const wide = widen(
    [
      ['bytes', directory.readUInt32LE(24)],
      ['compressed', directory.readUInt32LE(20)],
      ['start', directory.readUInt32LE(42)],
    ],
    fields,
  );
  const disk = directory.readUInt16LE(34);
  if (disk !== 0 && !(disk === 0xffff && fields.has(1))) throw malformed('zip', 'several-disks');
  const method = methodOf(directory.readUInt16LE(10), flags, name);
  const kind = kindOf(name, directory.readUInt32LE(38));
  if (kind === 'directory' && wide.bytes !== 0) throw malformed('zip', 'size-disagrees');
  if (method === 0 && wide.compressed !== wide.bytes) throw malformed('zip', 'size-disagrees');
  return { entry: { name, kind, rawName, flags, method, crc: directory.readUInt32LE(16), ...wide }, next };
}

/**
 * Names are in UTF-8 if a flag says so, otherwise in code page 437. Unix and macOS programs write UTF-8 without the flag. The ASCII characters of
 * a name, which decide where it leads, are the same in all of them.
 */
function nameOf(raw: Buffer, flags: number, host: number, fields: ReadonlyMap<number, Buffer>): string {
  const path = unicodePath(raw, fields);
  try {
    if ((flags & isUtf8) !== 0 || (path === undefined && unixHosts.includes(host))) return utf8.decode(raw);
  } catch {
    if ((flags & isUtf8) !== 0) throw malformed('zip', 'name-encoding');
  }
  return path ?? decodeCp437(raw);
}

const unixHosts: readonly number[] = [3, 19];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function methodOf(method: number, flags: number, name: string): 0 | 8 {
  if ((flags & isEncrypted) !== 0) throw forbidden(name, 'encrypted');
  if ((flags & isPatch) !== 0) throw forbidden(name, 'patch');
  if ((flags & ~knownFlags) !== 0) throw malformed('zip', 'flags');
  if (method !== 0 && method !== 8) throw forbidden(name, 'compression-method');
  return method;
}

/** The name, the Unix attributes and the MS-DOS attributes must agree. */
function kindOf(name: string, attributes: number): EntryKind {
  const kind: EntryKind = name.endsWith('/') ? 'directory' : 'file';
  const unix = unixKinds[attributes >>> 28];
  // Info-ZIP writes this for input from a pipe (`dump | zip backup.zip -`).
  if (unix === 'fifo' && name === '-') return kind;
  if (unix === undefined || !['any', 'file', 'directory'].includes(unix)) {
    throw forbidden(name, unix ?? 'unknown-type');
  }
  if (unix !== 'any' && unix !== kind) throw malformed('zip', 'type-disagrees');
  if (kind === 'file' && (attributes & 0x10) !== 0) throw malformed('zip', 'type-disagrees');
  return kind;
}
