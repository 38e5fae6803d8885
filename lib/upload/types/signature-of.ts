import type { SafePath } from '../../path/safe-path.ts';
import { loadFileType } from './load-file-type.ts';

/** file-type's name for the content of a whole file. Undefined if it doesn't know it, or can't read it to its end. */
export async function signatureOf(path: SafePath): Promise<string | undefined> {
  const { fileTypeFromFile } = await loadFileType();
  const found = await fileTypeFromFile(path.absolute).catch(() => undefined);
  // Such as `audio/ogg; codecs=opus`.
  return found?.mime.split(';')[0];
}
