import { afterAll } from 'vitest';
import { filesOf, tarballs } from '../../init/testing/try-init.ts';
import { createFolder, type Folder } from '../../scan/testing/folder.ts';
import { codemods } from '../codemods.ts';
import { findCodemod, runCodemod } from '../run-codemod.ts';

export interface TriedCodemod {
  readonly code: number;
  /** What the command printed. */
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Projects to try codemods on, which are removed after the tests of a file. */
export function codemodProjects(): {
  project(files: Readonly<Record<string, string>>): Folder;
  run(library: string, folder: Folder, write?: boolean): TriedCodemod;
} {
  const folders: Folder[] = [];
  afterAll(() => {
    for (const folder of folders) folder.remove();
  });
  return {
    project(files) {
      const manifest = JSON.stringify({ dependencies: { express: '5' } });
      const folder = createFolder({ 'package.json': manifest, ...tarballs, ...files });
      folders.push(folder);
      return folder;
    },
    run(library, folder, write = true) {
      let text = '';
      const options = { folder: folder.path, write };
      const code = runCodemod(findCodemod(codemods, library), options, '0.1.0', (more) => {
        text += more;
      });
      return { code, text, files: filesOf(folder.path) };
    },
  };
}
