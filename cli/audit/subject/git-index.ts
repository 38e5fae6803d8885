const headerBytes = 12;
/** What stands before the flags of an entry: times, device, mode, owner and size (40), and the name of the object (20). */
const beforeFlags = 60;
const modeAt = 24;
const mostPaths = 1_000_000;

/**
 * The paths of the ordinary files in git's index, of versions 2 to 4. `undefined` for one that is cut, uses SHA-256, or is split in two.
 *
 * https://git-scm.com/docs/index-format
 */
export function readGitIndex(bytes: Buffer): readonly string[] | undefined {
  if (bytes.length < headerBytes || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4 || count > mostPaths) return undefined;
  const paths: string[] = [];
  let at = headerBytes;
  let last = Buffer.alloc(0);
  for (let index = 0; index < count; index++) {
    const entry = readEntry(bytes, at, version, last);
    if (entry === undefined) return undefined;
    if (entry.isFile) paths.push(entry.path.toString('utf8'));
    at = entry.end;
    last = entry.path;
  }
  return isWhole(bytes, at) ? paths : undefined;
}

interface Entry {
  readonly path: Buffer<ArrayBuffer>;
  readonly isFile: boolean;
  readonly end: number;
}

function readEntry(bytes: Buffer, start: number, version: number, last: Buffer): Entry | undefined {
  if (start + beforeFlags + 2 > bytes.length) return undefined;
  const mode = bytes.readUInt32BE(start + modeAt);
  const isExtended = (bytes.readUInt16BE(start + beforeFlags) & 0x4000) !== 0;
  const name = start + beforeFlags + (isExtended && version > 2 ? 4 : 2);
  const read = version === 4 ? readCut(bytes, name, last) : readPlain(bytes, name, start);
  return read && { ...read, isFile: mode >> 12 === 0b1000 };
}

/** A name, and as many NULs, at least one, as make the entry a multiple of eight bytes. */
function readPlain(bytes: Buffer, name: number, start: number): Omit<Entry, 'isFile'> | undefined {
  const nul = bytes.indexOf(0, name);
  if (nul < 0) return undefined;
  return { path: Buffer.from(bytes.subarray(name, nul)), end: start + Math.floor((nul - start + 8) / 8) * 8 };
}

/** How much of the name before is dropped, what is put in its place, and a NUL. */
function readCut(bytes: Buffer, name: number, last: Buffer): Omit<Entry, 'isFile'> | undefined {
  let at = name;
  let byte = bytes[at++] ?? 0;
  let dropped = byte & 127;
  while (byte & 128 && at < name + 6) {
    byte = bytes[at++] ?? 0;
    dropped = (dropped + 1) * 128 + (byte & 127);
  }
  const nul = bytes.indexOf(0, at);
  if (nul < 0 || dropped > last.length) return undefined;
  return {
    path: Buffer.concat([last.subarray(0, last.length - dropped), bytes.subarray(at, nul)]),
    end: nul + 1,
  };
}

/**
 * Whether nothing but extensions and the checksum follow, and none of them says that entries stand elsewhere: `link` names a second index,
 * and `sdir` folders that are left out.
 */
function isWhole(bytes: Buffer, start: number): boolean {
  let at = start;
  while (at + 8 <= bytes.length - 20) {
    const name = bytes.toString('latin1', at, at + 4);
    if (name === 'link' || name === 'sdir') return false;
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return at === bytes.length - 20;
}
