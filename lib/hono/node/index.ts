/**
 * Hono on Node: what needs its file system.
 *
 * @module
 */
export { type StaticFileOptions, staticFiles } from './static-files.ts';
