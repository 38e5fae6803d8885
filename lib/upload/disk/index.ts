/**
 * Uploads in a directory.
 *
 * @module
 */
export { type DiskStoreOptions, diskStore } from './disk-store.ts';
