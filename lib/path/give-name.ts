import { link, rename, unlink } from 'node:fs/promises';
import type { Folder } from './ground.ts';

/** A name in a directory that is held. It is never followed as a link. */
export interface Place {
  readonly folder: Folder;
  readonly name: string;
}

/** Gives a file another name. Without `overwrite` it rejects with EEXIST where there is something of that name. */
export async function giveName(from: Place, to: Place, overwrite: boolean): Promise<void> {
  const [before, after] = [from.folder.at(from.name), to.folder.at(to.name)];
  if (overwrite) return rename(before, after);
  // Unlike a check before `rename`, it fails where somebody else creates the file at the same time.
  await link(before, after);
  await unlink(before);
}
