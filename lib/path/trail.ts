import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import type { Folder } from './ground.ts';
import type { SafePath } from './safe-path.ts';

/** A path through links may be longer than the text that led to it. Each directory takes a handle. */
const mostFolders = 128;

/**
 * The open directories from the root to where a walk is. `..` in a link goes back along them, because the parent that a directory has by now may
 * be another one: somebody may have moved the directory.
 */
export class Trail {
  readonly #path: SafePath;
  readonly #folders: Folder[];
  #floor = 0;

  constructor(path: SafePath, root: Folder) {
    this.#path = path;
    this.#folders = [root];
  }

  get top(): Folder {
    return this.#folders.at(-1) as Folder;
  }

  get floor(): Folder {
    return this.#folders[this.#floor] as Folder;
  }

  /** From now on, nothing leads above this directory. */
  raiseFloor(): void {
    this.#floor = this.#folders.length - 1;
  }

  push(folder: Folder): void {
    this.#folders.push(folder);
    if (this.#folders.length > mostFolders) refuseLink(this.#path, 'too many folders');
  }

  async up(): Promise<void> {
    if (this.#folders.length - 1 === this.#floor) refuseLink(this.#path, 'leads out of the directory');
    await this.#folders.pop()?.close();
  }

  async toFloor(): Promise<void> {
    while (this.#folders.length - 1 > this.#floor) await this.up();
  }

  /** The directory where it ends, which the caller must close. */
  take(): Folder {
    return this.#folders.pop() as Folder;
  }

  async close(): Promise<void> {
    await Promise.all(this.#folders.splice(0).map((folder) => folder.close()));
  }
}

export function refuseLink(path: SafePath, reason: string): never {
  refuse(deny('path/link', { input: path.relative.slice(0, 512), reason }));
}
