import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Moves a finished build to its place. If the same build is there already, it stays untouched: another process may be
 * packing it. Both folders must be on one file system.
 */
export function publishFolder(built: string, finished: string): void {
  const replaced = mkdtempSync(join(dirname(built), 'replaced-'));
  try {
    for (let turn = 0; turn < 5; turn += 1) {
      if (existsSync(finished) && isSame(built, finished)) return;
      try {
        // Copies of a build are out of date if they are older than it.
        const now = new Date();
        utimesSync(built, now, now);
        if (existsSync(finished)) renameSync(finished, join(replaced, `${turn}`));
        renameSync(built, finished);
        return;
      } catch (error) {
        // Another process published in between.
        const { code = '' } = error as NodeJS.ErrnoException;
        if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(code)) throw error;
      }
    }
    throw new Error(`${built} could not be moved to ${finished}.`);
  } finally {
    rmSync(replaced, { recursive: true, force: true });
  }
}

function isSame(one: string, other: string): boolean {
  try {
    const files = filesBelow(one);
    return (
      files.join('\n') === filesBelow(other).join('\n') &&
      files.every((file) => readFileSync(join(one, file)).equals(readFileSync(join(other, file))))
    );
  } catch (error) {
    // Another process published in between.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
