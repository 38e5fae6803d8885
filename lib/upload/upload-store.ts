import type { Readable } from 'node:stream';
import type { SafePath } from '../path/safe-path.ts';

/** What a store keeps of a file beside its bytes. */
export interface FileRecord {
  /** Our own name: 26 characters of `a-z2-7`, 128 random bits. The only name that is ever part of a path or a key. */
  readonly id: string;
  /** The form's field. */
  readonly field: string;
  /** The name on the user's machine, shortened, without control characters: data, never a path. */
  readonly name: string;
  /** The media type that the content has, such as `image/png`. */
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
  /** Where its bytes are on this machine, mode 0600, for checks that read the whole file after `flush`. */
  readonly path: SafePath;
  /** Resolves when more may be written: at once, or when the disk has caught up. The chunk may not change afterwards. */
  write(chunk: Uint8Array): Promise<void> | void;
  /** Resolves once every byte can be read at `path`. Nothing is written afterwards. */
  flush(): Promise<void>;
  /** Puts what `write` makes at the path it is given in place of the bytes so far: an image written anew. */
  replace(write: (path: SafePath) => Promise<void>): Promise<void>;
  /** Resolves when the file and its record are durable: acknowledged means fsynced. All of it, or nothing. */
  publish(record: FileRecord): Promise<void>;
  /** Removes what was written. Never rejects. */
  discard(): Promise<void>;
}

/** A file that was published, for reading. */
export interface StoredFile {
  readonly record: FileRecord;
  readonly modifiedAt: Date;
  /** The bytes from `start` to `end`, both included; all of them by default. */
  read(range?: { readonly start: number; readonly end: number }): Readable;
  /** Gives the file's handle back, if it wasn't read. */
  close(): Promise<void>;
}

export interface UploadStore {
  /** Begins one file. */
  begin(): Promise<IncomingFile>;
  /** The record, also of a quarantined file. */
  find(id: string): Promise<FileRecord | undefined>;
  /** Opens a file that is ready. @throws Refusal `upload/not-found`, also for a quarantined one */
  open(id: string): Promise<StoredFile>;
  /** Lets a quarantined file out. */
  release(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Removes what a process that was killed left behind. */
  sweep(): Promise<{ readonly removed: number }>;
}
