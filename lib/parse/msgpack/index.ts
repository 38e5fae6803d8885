/**
 * Parses MessagePack from untrusted sources, within limits.
 *
 * @module
 */
export type { BinaryOptions } from '../binary/binary-options.ts';
export { type MsgpackOptions, parseMsgpack } from './parse-msgpack.ts';
export { timestamp } from './timestamp.ts';
