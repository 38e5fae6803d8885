import { forbidden, malformed } from './archive-error.ts';

/** The fields of a PAX extended header that are used. Owners, times and attributes are ignored. */
export interface PaxRecords {
  readonly path?: string;
  readonly size?: number;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads `length key=value\n` records (POSIX pax). Refused are a length that doesn't end at its line, a repeated key, and keys that change what a
 * file is: tar-fs and others lost track there (CVE-2025-62518).
 */
export function readPaxRecords(bytes: Buffer): PaxRecords {
  const found = new Map<string, string>();
  let position = 0;
  while (position < bytes.length) {
    const space = bytes.indexOf(0x20, position);
    const digits = space === -1 ? '' : bytes.toString('latin1', position, space);
    if (!/^[1-9]\d{0,6}$/.test(digits)) throw malformed('tar', 'extended-header');
    const end = position + Number(digits);
    if (end > bytes.length || bytes[end - 1] !== 0x0a) throw malformed('tar', 'extended-header');
    const equals = bytes.indexOf(0x3d, space + 1);
    if (equals === -1 || equals >= end) throw malformed('tar', 'extended-header');
    const key = bytes.toString('latin1', space + 1, equals);
    if (found.has(key)) throw malformed('tar', 'extended-header');
    // Attributes may be binary; only used fields must be text.
    found.set(
      key,
      key === 'path'
        ? pathOf(bytes.subarray(equals + 1, end - 1))
        : bytes.toString('latin1', equals + 1, end - 1),
    );
    position = end;
  }
  return meaningOf(found);
}

function pathOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed('tar', 'name-encoding');
  }
}

function meaningOf(found: ReadonlyMap<string, string>): PaxRecords {
  const path = found.get('path');
  if ([...found.keys()].some((key) => key.startsWith('GNU.sparse'))) throw forbidden(path ?? '', 'sparse');
  if (found.has('linkpath')) throw forbidden(path ?? '', 'link');
  if ((found.get('hdrcharset') ?? 'ISO-IR 10646 2000 UTF-8') !== 'ISO-IR 10646 2000 UTF-8') {
    throw malformed('tar', 'name-encoding');
  }
  const size = found.get('size');
  if (size !== undefined && !/^\d{1,15}$/.test(size)) throw malformed('tar', 'extended-header');
  if (path === '') throw malformed('tar', 'extended-header');
  return { ...(path !== undefined && { path }), ...(size !== undefined && { size: Number(size) }) };
}
