import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isInside } from '../../../../scan/project/read-inside.ts';

/** Lock files of large workspaces are larger than code is. */
const mostBytes = 32 * 1024 * 1024;

/** The text of a lock file below a folder, or how the sentence ends that says why there is none. */
export function lockText(
  root: string,
  path: string,
): { readonly text: string } | { readonly problem: string } {
  let descriptor: number | undefined;
  try {
    const file = realpathSync(join(root, path));
    if (!isInside(root, file)) return { problem: 'is a link out of the project' };
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return { problem: 'is not a file' };
    if (stat.size > mostBytes) return { problem: 'is larger than 32 MB' };
    const bytes = readFileSync(descriptor);
    if (bytes.includes(0) || !isUtf8(bytes)) return { problem: 'is not text' };
    const text = bytes.toString('utf8').replace(/^\ufeff/, '');
    if (/^(?:<{7} |>{7} )/m.test(text)) return { problem: 'has the marks of a merge that was not finished' };
    return text.trim() === '' ? { problem: 'is empty' } : { text };
  } catch {
    return { problem: 'could not be read' };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
