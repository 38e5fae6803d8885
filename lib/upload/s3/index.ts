/**
 * Uploads in a bucket of Amazon S3, or of a service that speaks its protocol.
 *
 * @module
 */
export type { S3Fetch, S3StoreOptions } from './s3-options.ts';
export { s3Store } from './s3-store.ts';
