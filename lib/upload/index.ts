/**
 * Receives uploads: reads forms with files as a stream, checks files by content, and stores them under names of its own.
 *
 * @module
 */
export type { FileField } from './file-field.ts';
export type { AcceptOptions, Received, ReceivedFile, ReceivedFiles, ReceiveOptions } from './received.ts';
export type { NodeUpload, UploadRequest } from './request-body.ts';
export type { Rewriter, Rewritten } from './rewriter.ts';
export { scanAgain } from './scan-again.ts';
export type { Scan, Scanner } from './scanner.ts';
export { sendUpload, uploadResponse } from './send-upload.ts';
export type { ServeUploadOptions } from './serve-options.ts';
export type { FileTypeName } from './types/file-types.ts';
export type { UploadLimits } from './upload-limits.ts';
export type { FileRecord, IncomingFile, OpenOptions, StoredFile, UploadStore } from './upload-store.ts';
export { type Uploads, uploads } from './uploads.ts';
export type { FileFields, UploadsOptions } from './uploads-options.ts';
export { withUpload } from './with-upload.ts';
