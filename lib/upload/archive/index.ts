/**
 * Unpacks archives that users upload.
 *
 * @module
 */
export { type UnpackedFile, unpack } from './unpack.ts';
export type { ArchiveFormatName, UnpackOptions } from './unpack-options.ts';
