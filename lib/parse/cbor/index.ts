/**
 * Parses CBOR from untrusted sources, within limits.
 *
 * @module
 */
export type { BinaryOptions } from '../binary/binary-options.ts';
export { type CborOptions, parseCbor } from './parse-cbor.ts';
export { standardTags } from './standard-tags.ts';
