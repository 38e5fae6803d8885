import { applySchema } from '../apply-schema.ts';
import { type BinaryOptions, binaryOptions, type Handler } from '../binary/binary-options.ts';
import { ByteReader } from '../binary/byte-reader.ts';
import { readMsgpack } from './read-msgpack.ts';

export interface MsgpackOptions<T = unknown> extends BinaryOptions<T> {
  /** The extension types to accept, from -128 to 127, with a reader for the bytes of each. None by default. */
  readonly allowExtensions?: Readonly<Record<number, Handler<Uint8Array>>>;
}

/**
 * Parses one MessagePack value (https://github.com/msgpack/msgpack/blob/master/spec.md) within limits. No length in the input makes it allocate
 * memory that the input's own size does not justify (CWE-789).
 *
 * These are refused: extensions that aren't listed, names that occur twice, `__proto__`, `constructor` with `prototype` below it, keys that aren't
 * strings, text that isn't UTF-8, NaN and infinities, and bytes after the value. Integers beyond 2^53 - 1 become bigints, binary data a
 * Uint8Array.
 *
 * @returns the schema's output; `unknown` without a schema
 * @throws Refusal `parse/*`: 413 for too many bytes, 422 for data that its schema refuses, else 400
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { parseMsgpack, timestamp } from 'bulwark/parse/msgpack';
 *
 * parseMsgpack(Uint8Array.of(0x81, 0xa1, 0x61, 0x93, 1, 2, 3)); // { a: [1, 2, 3] }
 * parseMsgpack(Uint8Array.of(0xd6, 0xff, 0, 0, 0, 0), { allowExtensions: { [-1]: timestamp } }); // 1970-01-01T00:00:00.000Z
 * parseMsgpack(Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)); // Refusal parse/invalid-syntax: four billion items are announced
 * ```
 */
export function parseMsgpack<T = unknown>(input: Uint8Array, options: MsgpackOptions<T> = {}): T {
  const [policy, schema] = binaryOptions<Uint8Array, T>('msgpack', options, 'allowExtensions', [-128, 127]);
  const reader = new ByteReader<Uint8Array>(input, policy);
  return applySchema(
    schema,
    reader.whole(() => readMsgpack(reader)),
    'msgpack',
  );
}
