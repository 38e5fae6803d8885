import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

export interface Folder {
  readonly path: string;
  write(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

/** Creates a temporary folder with files. */
export function createFolder(files: Readonly<Record<string, string>>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'bulwark-scan-')));
  const folder: Folder = {
    path,
    write(more) {
      for (const [name, text] of Object.entries(more)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  folder.write(files);
  return folder;
}

/** Returns a function that creates folders that look like a repository's root. They are deleted after the tests of a file. */
export function repositoryFolders(): (files: Readonly<Record<string, string>>) => Folder {
  const folders: Folder[] = [];
  afterAll(() => {
    for (const folder of folders) folder.remove();
  });
  return (files) => {
    const folder = createFolder({ '.git/HEAD': '', ...files });
    folders.push(folder);
    return folder;
  };
}
