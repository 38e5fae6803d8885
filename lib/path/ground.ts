import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { record } from '../event/record.ts';
import { shared } from '../internal/shared.ts';
import { handleGround, hasHandlePaths } from './handle-ground.ts';
import { nameGround } from './name-ground.ts';

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

let chosen: Promise<Ground> | undefined;

export function ground(): Promise<Ground> {
  chosen ??= hasHandlePaths().then(
    (has) => (has ? handleGround : nameGround),
    (error: unknown) => {
      // Such as EMFILE, which is temporary: the next call asks again.
      chosen = undefined;
      throw error;
    },
  );
  return chosen;
}

/** The ground for functions that change files. If it can't guard against races, an event says so, once per process. */
export async function groundForChanges(): Promise<Ground> {
  const found = await ground();
  const said = shared('path:unguarded-platform', () => ({ yet: false }));
  if (!found.holds && !said.yet) {
    said.yet = true;
    record('path/unguarded-platform', 'reported', { platform: process.platform });
  }
  return found;
}
