import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../repository.ts';

const mark: string = join(root, 'out/lib/built-from.txt');

/** Names what lib/dist is built from: the sources, the files that the build copies, and the build's own code. */
export function libraryId(): string {
  const hash = createHash('sha256');
  for (const file of [...filesOf('lib'), ...filesOf('checks/build')].filter(counts).sort())
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

export function markLibrary(id: string): void {
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, id);
}

/** Whether lib/dist was built from the sources as they are now. */
export function isLibraryBuilt(): boolean {
  const isThere = existsSync(join(root, 'lib/dist/index.js')) && existsSync(mark);
  return isThere && readFileSync(mark, 'utf8') === libraryId();
}

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    join(folder, file),
  );
}

function counts(file: string): boolean {
  return /\.(?:ts|json|xml)$/.test(file) && !/^lib\/(?:dist|node_modules)\/|\.test\.ts$/.test(file);
}
