import { crc32 } from 'node:zlib';
import { malformed } from './archive-error.ts';
import { decodeCp437 } from './cp437.ts';
import { numberAt } from './zip-end.ts';

const zip64Id = 0x0001;
const unicodePathId = 0x7075;

/** The extra fields of a header by their number; each once, and all of them complete (APPNOTE.TXT 4.5). */
export function readExtraFields(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  let position = 0;
  while (position < bytes.length) {
    // zipalign pads with up to three zeros, which are no field.
    if (bytes.length - position < 4 && bytes.subarray(position).every((byte) => byte === 0)) break;
    if (position + 4 > bytes.length) throw malformed('zip', 'extra-field');
    const id = bytes.readUInt16LE(position);
    const end = position + 4 + bytes.readUInt16LE(position + 2);
    if (end > bytes.length) throw malformed('zip', 'extra-field');
    if (found.has(id) && (id === zip64Id || id === unicodePathId)) throw malformed('zip', 'extra-field');
    found.set(id, bytes.subarray(position + 4, end));
    position = end;
  }
  return found;
}

/** The numbers of a header. Saturated ones are in the zip64 field, in this order (APPNOTE.TXT 4.5.3). */
export function widen<K extends string>(
  short: readonly (readonly [name: K, value: number])[],
  fields: ReadonlyMap<number, Buffer>,
): Record<K, number> {
  const field = fields.get(zip64Id);
  const wide = {} as Record<K, number>;
  let position = 0;
  for (const [name, value] of short) {
    wide[name] = value;
    if (value !== 0xffffffff || field === undefined) continue;
    if (position + 8 > field.length) throw malformed('zip', 'zip64-disagrees');
    wide[name] = numberAt(field, position);
    position += 8;
  }
  if (field !== undefined && !isWhole(field, position, short)) throw malformed('zip', 'zip64-disagrees');
  return wide;
}

/** The rest of the field is empty, the number of the first disk, or the same numbers again, where none was needed. */
function isWhole(field: Buffer, used: number, short: readonly (readonly [string, number])[]): boolean {
  if (used > 0) return field.length === used || (field.length === used + 4 && field.readUInt32LE(used) === 0);
  return (
    field.length % 8 === 0 &&
    field.length <= 8 * short.length &&
    short.slice(0, field.length / 8).every(([, value], index) => numberAt(field, 8 * index) === value)
  );
}

/**
 * The Unicode path field of a header, if it belongs to this name (APPNOTE.TXT 4.6.9).
 *
 * @throws ArchiveError if it differs from the header's name, read as UTF-8 or code page 437: programs disagree about which to use
 */
export function unicodePath(name: Buffer, fields: ReadonlyMap<number, Buffer>): string | undefined {
  const field = fields.get(unicodePathId);
  if (field === undefined || field.length < 5 || field[0] !== 1) return undefined;
  // Written for a name that has since changed; readers ignore it.
  if (field.readUInt32LE(1) !== crc32(name)) return undefined;
  const path = field.toString('utf8', 5);
  if (!field.subarray(5).equals(name) && path !== decodeCp437(name)) throw malformed('zip', 'unicode-path');
  return path;
}
