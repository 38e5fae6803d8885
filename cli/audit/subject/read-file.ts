import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isInside, mostBytes } from '../../scan/project/read-inside.ts';

/** Of the texts that are kept, in UTF-16 units: many checks read the same files. */
const mostKept = 50_000_000;

/**
 * Reads files below a folder: `undefined` for one that is not there, is larger than 2 MB, is not UTF-8, or to which only a link out of
 * the folder leads. Pipes and devices are not waited for.
 */
export function fileReader(root: string): (path: string) => string | undefined {
  const kept = new Map<string, string | undefined>();
  let size = 0;
  return (path) => {
    if (kept.has(path)) return kept.get(path);
    const text = readFile(root, path);
    if (size < mostKept) {
      kept.set(path, text);
      size += (text?.length ?? 0) + path.length;
    }
    return text;
  };
}

function readFile(root: string, path: string): string | undefined {
  let descriptor: number | undefined;
  try {
    const file = realpathSync(join(root, path));
    if (!isInside(root, file)) return undefined;
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size > mostBytes) return undefined;
    const bytes = readFileSync(descriptor);
    if (bytes.includes(0) || !isUtf8(bytes)) return undefined;
    return bytes.toString('utf8').replace(/^\ufeff/, '');
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
