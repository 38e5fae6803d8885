/** A part of a file; both ends are included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The part of a file that a `Range` header asks for (RFC 9110, 14.2).
 *
 * @returns undefined for the whole file: without a header, for a malformed one, and for several ranges. A server may ignore those, and small
 * overlapping ranges would make a small request expensive (CVE-2011-3192).
 *
 * @example
 * ```text
 * byteRange('bytes=0-99', 1000)   { start: 0, end: 99 }
 * byteRange('bytes=-100', 1000)   { start: 900, end: 999 }
 * byteRange('bytes=1000-', 1000)  'unsatisfiable'
 * ```
 */
export function byteRange(
  header: string | undefined,
  bytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const asked = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '');
  if (!asked) return undefined;
  const [, first = '', last = ''] = asked;
  if (first === '') {
    if (last === '') return undefined;
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'unsatisfiable' : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= bytes ? 'unsatisfiable' : { start, end };
}
