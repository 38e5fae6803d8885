import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

/**
 * Maximum total size of all source files, in UTF-16 units, so that they fit into memory. When it is reached, further files
 * are skipped.
 */
export const mostText: number = 500_000_000;

/** Maximum size of a source file, in bytes. Larger files are skipped, because they are data or bundles. */
export const mostBytes: number = 2 * 1024 * 1024;

/** The text of a file, or why it can't be read. Pipes and devices are not read. */
export function readText(
  file: string,
  most: number = mostBytes,
): { readonly text: string } | { readonly skip: 'huge' | 'unreadable' } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { skip: 'unreadable' };
    if (stat.size > most) return { skip: 'huge' };
    return { text: readFileSync(descriptor, 'utf8') };
  } catch {
    return { skip: 'unreadable' };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The text of a file below the root; `undefined` if it does not exist, or if a link leads outside. */
export function readInside(root: string, path: string): string | undefined {
  try {
    const file = realpathSync(join(root, path));
    if (!isInside(root, file)) return undefined;
    const read = readText(file);
    return 'text' in read ? read.text : undefined;
  } catch {
    return undefined;
  }
}

/** Returns a variant of `read` that remembers its results, so that it reads each file only once. */
export function readOnce(read: (path: string) => string | undefined): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (!known.has(path)) known.set(path, read(path));
    return known.get(path);
  };
}

/** Whether a path is the folder or below it. Both must be absolute, with symbolic links resolved. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}
