import { open } from 'node:fs/promises';
import type { SafePath } from '../../path/safe-path.ts';
import { loadFileType } from './load-file-type.ts';

/** file-type's name for the content of a whole file. Undefined if it doesn't know it, or can't read it to its end. */
export async function signatureOf(path: SafePath): Promise<string | undefined> {
  const { fileTypeFromFile } = await loadFileType();
  const found = await fileTypeFromFile(path.absolute).catch(() => undefined);
  // Such as `audio/ogg; codecs=opus`.
  return found?.mime.split(';')[0] ?? ((await isLatePdf(path)) ? 'application/pdf' : undefined);
}

/** Readers look for the start of a PDF in the first 1,024 bytes. Anything but white space before it could be another format. */
const latePdf = /^[\t\n\f\r ]{0,1024}%PDF-/;

async function isLatePdf(path: SafePath): Promise<boolean> {
  const handle = await open(path.absolute, 'r');
  try {
    const start = Buffer.alloc(1_029);
    const { bytesRead } = await handle.read(start, 0, start.length, 0);
    return latePdf.test(start.toString('latin1', 0, bytesRead));
  } finally {
    await handle.close();
  }
}
