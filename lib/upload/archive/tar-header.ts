import { malformed } from './archive-error.ts';

export interface TarHeader {
  /** As in the header, with the prefix of ustar. */
  readonly name: string;
  readonly size: number;
  /** One character: `0` a file, `5` a directory, `x` an extended header, and so on. */
  readonly type: string;
}

/** True if the block's checksum is that of a header. */
export function isTarHeader(block: Buffer): boolean {
  const written = octal(block.subarray(148, 156));
  if (written === undefined) return false;
  let sum = 8 * 0x20;
  for (let index = 0; index < 512; index++) {
    if (index < 148 || index >= 156) sum += block[index] as number;
  }
  return sum === written && sum !== 8 * 0x20;
}

/**
 * Reads a header of ustar (POSIX 1003.1), GNU tar, or Unix V7. Only name, size and type are used. Numbers that another program could read
 * differently are refused: `0x10`, a sign, digits after a space.
 */
export function readTarHeader(block: Buffer): TarHeader {
  if (!isTarHeader(block)) throw malformed('tar', 'header-checksum');
  const magic = block.toString('latin1', 257, 265);
  const isPosix = magic === 'ustar\x0000';
  if (!isPosix && magic !== 'ustar  \0' && !/^\0*$/.test(block.toString('latin1', 257))) {
    throw malformed('tar', 'header-format');
  }
  const size = numberOf(block.subarray(124, 136));
  if (size === undefined) throw malformed('tar', 'header-size');
  const type = block[156] === 0 ? '0' : String.fromCharCode(block[156] as number);
  const short = textOf(block.subarray(0, 100));
  const prefix = isPosix ? textOf(block.subarray(345, 500)) : '';
  return { name: prefix === '' ? short : `${prefix}/${short}`, size, type };
}

/** @throws ArchiveError for bytes that are not UTF-8 */
export function textOf(field: Buffer): string {
  const end = field.indexOf(0);
  try {
    return utf8.decode(end === -1 ? field : field.subarray(0, end));
  } catch {
    throw malformed('tar', 'name-encoding');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function numberOf(field: Buffer): number | undefined {
  return (field[0] as number) >= 0x80 ? base256(field) : octal(field);
}

/** Spaces, digits, then NULs and spaces. */
function octal(field: Buffer): number | undefined {
  const digits = /^ *([0-7]{1,12})[ \0]*$/.exec(field.toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 8);
}

/** GNU's form for numbers that are too large for octal digits; negative ones start with 0xff. */
function base256(field: Buffer): number | undefined {
  if (field[0] !== 0x80) return undefined;
  const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(value) ? value : undefined;
}
