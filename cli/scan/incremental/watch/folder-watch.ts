import { type FSWatcher, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { FoundFolders } from './project-folders.ts';

export interface FolderWatch {
  /**
   * Watches these folders from now on, and no others. Except in the first call, each new folder is reported as changed,
   * because events may have been missed.
   */
  follow(folders: FoundFolders): void;
  close(): void;
}

export interface FolderWatchOptions {
  /** Called with the absolute path of a file or folder that may have been changed, created or deleted. */
  readonly onChange: (path: string) => void;
  /** Called for a folder that can't be watched. */
  readonly onProblem: (folder: string, problem: string) => void;
  /**
   * Whether a single watch covers a whole tree of folders. The default is true, except on Linux. There Node would watch
   * each file of the tree, including packages, and lose a file that an editor replaces.
   */
  readonly deep?: boolean;
}

interface Watched {
  readonly watcher: FSWatcher;
  /** Tells a folder from one that replaced it under the same name. */
  readonly inode: number;
  readonly deep: boolean;
}

/** Watches folders with `fs.watch`. */
export function watchFolders({ onChange, onProblem, ...options }: FolderWatchOptions): FolderWatch {
  const isDeep = options.deep ?? process.platform !== 'linux';
  const watched = new Map<string, Watched>();
  let isFirst = true;

  function drop(folder: string): void {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  }

  function add(folder: string, inode: number, deep: boolean): void {
    try {
      const watcher = watch(folder, { recursive: deep, persistent: true }, (_, name) => {
        onChange(name === null ? folder : join(folder, name));
      });
      watcher.on('error', () => {
        drop(folder);
        onChange(folder);
      });
      watched.set(folder, { watcher, inode, deep });
      // Changes before the watch began have caused no event.
      if (!isFirst) onChange(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT') onProblem(folder, code ?? 'unknown');
    }
  }

  return {
    follow({ single, tops, below }) {
      const deep = new Set(isDeep ? tops : []);
      const wanted = new Set([...single, ...(isDeep ? tops : below)]);
      for (const folder of watched.keys()) if (!wanted.has(folder)) drop(folder);
      for (const folder of wanted) {
        const inode = statSync(folder, { throwIfNoEntry: false })?.ino;
        const before = watched.get(folder);
        if (before && before.inode === inode && before.deep === deep.has(folder)) continue;
        drop(folder);
        if (inode !== undefined) add(folder, inode, deep.has(folder));
      }
      isFirst = false;
    },
    close() {
      for (const folder of [...watched.keys()]) drop(folder);
    },
  };
}
