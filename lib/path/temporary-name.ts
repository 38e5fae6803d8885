import { randomBytes } from 'node:crypto';

/** 128 random bits: nobody can create a file of that name first. */
export function temporaryName(): string {
  return `.bulwark-${randomBytes(16).toString('hex')}.tmp`;
}

/**
 * True for the temporary name of a file that `writeFile` hadn't finished when its process was killed. Remove it once no process writes to the
 * directory any more.
 *
 * @example
 * ```ts
 * import { inside, isTemporaryName, listDirectory, removeFile, rootPath } from 'bulwark/path';
 *
 * for (const { name } of await listDirectory(rootPath('/srv/notes'))) {
 *   if (isTemporaryName(name)) await removeFile(inside('/srv/notes', name));
 * }
 * ```
 */
export function isTemporaryName(name: string): boolean {
  return /^\.bulwark-[\da-f]{32}\.tmp$/.test(name);
}
