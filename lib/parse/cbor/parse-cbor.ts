import { applySchema } from '../apply-schema.ts';
import { type BinaryOptions, binaryOptions, type Handler } from '../binary/binary-options.ts';
import { ByteReader } from '../binary/byte-reader.ts';
import { readCbor } from './read-cbor.ts';

export interface CborOptions<T = unknown> extends BinaryOptions<T> {
  /** The tags to accept, with a reader for the content of each. None by default. `standardTags` has dates and large integers. */
  readonly allowTags?: Readonly<Record<number, Handler<unknown>>>;
}

/**
 * Parses one CBOR value (RFC 8949) within limits. No length in the input makes it allocate memory that the input's own size does not justify
 * (CWE-789).
 *
 * These are refused: tags that aren't listed, indefinite lengths, `undefined` and other simple values, names that occur twice, `__proto__`,
 * `constructor` with `prototype` below it, keys that aren't strings, text that isn't UTF-8, NaN and infinities, and bytes after the value.
 * Integers beyond 2^53 - 1 become bigints, byte strings a Uint8Array. `maps: true` accepts the integer keys of COSE and WebAuthn.
 *
 * @returns the schema's output; `unknown` without a schema
 * @throws Refusal `parse/*`: 413 for too many bytes, 422 for data that its schema refuses, else 400
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseCbor, standardTags } from 'bulwark/parse/cbor';
 *
 * parseCbor(Uint8Array.of(0xa1, 0x61, 0x61, 0x83, 1, 2, 3)); // { a: [1, 2, 3] }
 * parseCbor(Uint8Array.of(0xc1, 0), { allowTags: { 1: standardTags[1] } }); // 1970-01-01T00:00:00.000Z
 * parseCbor(Uint8Array.of(0xa1, 0x03, 0x26), { maps: true }); // Map { 3 => -7 }
 * ```
 */
export function parseCbor<T = unknown>(input: Uint8Array, options: CborOptions<T> = {}): T {
  const [policy, schema] = binaryOptions<unknown, T>('cbor', options, 'allowTags', [
    0,
    Number.MAX_SAFE_INTEGER,
  ]);
  const reader = new ByteReader<unknown>(input, policy);
  return applySchema(
    schema,
    reader.whole(() => readCbor(reader)),
    'cbor',
  );
}
