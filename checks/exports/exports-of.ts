import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export type Exports = Record<string, { readonly types: string; readonly default: string }>;

/** What a package exports: each folder with an index.ts is an import path, but for `internal/`. */
export function exportsOf(lib: string): Exports {
  const folders = indexFolders(lib, '').sort();
  return Object.fromEntries(
    folders.map((folder) => [
      folder === '' ? '.' : `./${folder}`,
      { types: `./${join('dist', folder, 'index.d.ts')}`, default: `./${join('dist', folder, 'index.js')}` },
    ]),
  );
}

function indexFolders(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return [
    ...(entries.some((entry) => entry.isFile() && entry.name === 'index.ts') ? [folder] : []),
    ...entries
      .filter((entry) => entry.isDirectory() && !['internal', 'dist', 'node_modules'].includes(entry.name))
      .flatMap((entry) => indexFolders(root, join(folder, entry.name))),
  ];
}
