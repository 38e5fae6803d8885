/**
 * Uploads in a folder.
 *
 * @module
 */
export { type DiskStoreOptions, diskStore } from './disk-store.ts';
