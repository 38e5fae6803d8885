import { link, rename, unlink } from 'node:fs/promises';
import type { Folder } from './ground.ts';

/** A name in a directory whose handle is open. It is never followed as a link. */
export interface Place {
  readonly folder: Folder;
  readonly name: string;
}

export interface NamingOptions {
  /** Without it, the call rejects with EEXIST if the name exists. */
  readonly overwrite: boolean;
  /** Resolve when the new name is on the disk. */
  readonly sync: boolean;
}

/** Renames a file. */
export async function giveName(from: Place, to: Place, { overwrite, sync }: NamingOptions): Promise<void> {
  // Before the file gets its name, because no handle may be left.
  const folder = sync ? await to.folder.readable() : undefined;
  try {
    const [before, after] = [from.folder.at(from.name), to.folder.at(to.name)];
    if (overwrite) await rename(before, after);
    else {
      // Unlike a check before `rename`, this fails if another process creates the file at the same time.
      await link(before, after);
      await unlink(before);
    }
    await folder?.sync();
  } finally {
    await folder?.close();
  }
}
