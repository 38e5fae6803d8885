import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The path of a document that is a file; `undefined` for one that is none (`untitled:`, `git:`), or on another host.
 *
 * @param windows whether paths are those of Windows: `file:///c%3A/a.js` is `c:\a.js`
 */
export function pathOfUri(uri: string, windows: boolean = process.platform === 'win32'): string | undefined {
  try {
    return fileURLToPath(uri, { windows });
  } catch {
    return undefined;
  }
}

/** The other way around. */
export function uriOfPath(path: string, windows: boolean = process.platform === 'win32'): string {
  return pathToFileURL(path, { windows }).href;
}

/** Where a path really leads; a file that is not written yet has a folder that is. */
export function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(realPathOf(folder), basename(path));
  }
}
