/**
 * Re-encodes images that users upload, with sharp.
 *
 * @module
 */
export type { ImageOptions } from './image-options.ts';
export { imageRewriter } from './image-rewriter.ts';
export type { ImageType } from './image-types.ts';
