import type { Readable } from 'node:stream';
import type { SafePath } from '../path/safe-path.ts';

/** The record that a store keeps beside a file's bytes. */
export interface FileRecord {
  /** Our name for it: 26 characters of `a-z2-7`, 128 random bits. Only this name is ever part of a path or a key. */
  readonly id: string;
  /** The form's field. */
  readonly field: string;
  /** The name on the user's machine, shortened, without control characters: data, never a path. */
  readonly name: string;
  /** The media type of the content, such as `image/png`. */
  readonly type: string;
  /** The usual extension of that type, without a dot. */
  readonly extension: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly uploadedAt: string;
  /** A quarantined file is never served. */
  readonly status: 'ready' | 'quarantined';
}

/** A file that is being received. Nothing else sees it before `publish` resolves. */
export interface IncomingFile {
  readonly id: string;
  /** The path of its bytes on this machine, mode 0600, for checks that read the whole file after `flush`. */
  readonly path: SafePath;
  /** Resolves when more may be written: at once, or when the disk has caught up. Don't change the chunk afterwards. */
  write(chunk: Uint8Array): Promise<void> | void;
  /** Resolves once every byte can be read at `path`. Nothing is written afterwards. */
  flush(): Promise<void>;
  /** Replaces the bytes so far with those that `write` puts at the path that it gets: a re-encoded image. */
  replace(write: (path: SafePath) => Promise<void>): Promise<void>;
  /** Resolves when the file and its record are durable: on a disk, flushed by `fsync`. All of it, or nothing. */
  publish(record: FileRecord): Promise<void>;
  /** Removes what was written. Never rejects. */
  discard(): Promise<void>;
}

/** A file that was published, for reading. */
export interface StoredFile {
  readonly record: FileRecord;
  readonly modifiedAt: Date;
  /** Where its bytes are, if they are on this machine. Never changed. Absent where they are elsewhere: `withUpload` makes a copy then. */
  readonly path?: SafePath;
  /** The bytes from `start` to `end`, both included. All of them by default. */
  read(range?: { readonly start: number; readonly end: number }): Readable;
  /** Closes the file's handle, if it wasn't read. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Opens a quarantined file, to scan it again. Never to serve it. */
  readonly allowQuarantined?: boolean;
}

export interface UploadStore {
  /** Starts one file. */
  begin(): Promise<IncomingFile>;
  /** The record, also for a quarantined file. */
  find(id: string): Promise<FileRecord | undefined>;
  /** Opens a file that is ready. @throws Refusal `upload/not-found`, also for a quarantined file */
  open(id: string, options?: OpenOptions): Promise<StoredFile>;
  /** Releases a quarantined file. */
  release(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes what killed processes left behind. */
  sweep(): Promise<{ readonly removed: number }>;
}
