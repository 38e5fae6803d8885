import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** A directory that the walk has reached. */
export interface Folder {
  /** The path to pass to a system call for a name in it. */
  at(name: string): string;
  /** Its absolute path at this moment, without links. */
  where(): Promise<string>;
  /** For `sync`, which makes renames in it durable. Undefined if the platform can't. */
  readable(): Promise<FileHandle | undefined>;
  close(): Promise<void>;
}

/** The entry behind a name in a directory: the link itself, if it is one. */
export interface Entry {
  readonly stats: BigIntStats;
  /** Opens that very file for reading. */
  open(): Promise<FileHandle>;
  where(): Promise<string>;
  close(): Promise<void>;
}

/** How a platform walks. */
export interface Ground {
  /** True if nobody can change the tree between a check and the call that follows it. */
  readonly holds: boolean;
  enterRoot(absolute: string): Promise<Folder>;
  /** Rejects with ENOTDIR or ELOOP for a link. */
  enter(folder: Folder, name: string): Promise<Folder>;
  find(folder: Folder, name: string): Promise<Entry>;
}
