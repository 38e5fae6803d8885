import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';

/**
 * Readers for the tags of RFC 8949, section 3.4, that have a type in JavaScript: 0 (a date as text), 1 (seconds since 1970), 2 and 3 (integers of
 * up to 1,024 bytes). Pass all of them to `allowTags`, or those that you need.
 */
export const standardTags: Readonly<Record<0 | 1 | 2 | 3, (content: unknown) => Date | bigint>> =
  Object.freeze({
    0: (content: unknown): Date =>
      typeof content === 'string' && rfc3339.test(content) ? date(content) : invalid(),
    1: (content: unknown): Date => (typeof content === 'number' ? date(content * 1_000) : invalid()),
    2: (content: unknown): bigint => bignum(content),
    3: (content: unknown): bigint => -1n - bignum(content),
  });

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

function date(value: string | number): Date {
  const result = new Date(value);
  return Number.isNaN(result.getTime()) ? invalid() : result;
}

function bignum(content: unknown): bigint {
  if (!(content instanceof Uint8Array) || content.byteLength > 1_024) return invalid();
  return BigInt(`0x0${Array.from(content, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

function invalid(): never {
  refuse(deny('parse/invalid-syntax', { format: 'cbor', reason: 'a tag with content of another type' }));
}
