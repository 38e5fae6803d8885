/** A path from the root of the project; undefined if it is computed or leads out. */
export function inFolder(folder: string | undefined, path: string): string | undefined {
  if (folder === undefined || /[$`*~]/.test(path) || path.startsWith('/') || path === '-') return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}
