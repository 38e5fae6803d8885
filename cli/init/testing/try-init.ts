import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createFolder, type Folder } from '../../scan/testing/folder.ts';
import { type InitOptions, runInit } from '../run-init.ts';

export interface Tried {
  readonly code: number;
  readonly text: string;
}

/** Projects with the tarballs in `vendor`, and `init` in this process. All of them are removed after the tests of a file. */
export function initProjects(): {
  project(files: Readonly<Record<string, string>>): Folder;
  init(
    folder: Folder,
    options?: Partial<InitOptions>,
    ask?: (question: string) => Promise<boolean>,
  ): Promise<Tried>;
} {
  const folders: Folder[] = [];
  afterAll(() => {
    for (const folder of folders) folder.remove();
  });
  return {
    project(files) {
      const folder = createFolder({ '.git/HEAD': '', ...tarballs, ...files });
      folders.push(folder);
      return folder;
    },
    async init(folder, options = {}, ask) {
      let text = '';
      const print = (more: string): void => {
        text += more;
      };
      const context = { version: '0.1.0', today: new Date('2026-12-01T12:00:00Z'), print, ask };
      const code = await runInit({ folder: folder.path, mode: 'yes', ...options }, context);
      return { code, text };
    },
  };
}

export const tarballs = { 'vendor/bulwark-0.1.0.tgz': 'lib', 'vendor/bulwark-cli-0.1.0.tgz': 'cli' };

/** Every file of a folder with its text. */
export function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}
