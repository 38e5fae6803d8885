import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { invalidAt } from './config-fields.ts';

const largest = 1_048_576;

/** A file that the configuration names. Read at start and at each reload, so reading it may block. */
export function readConfigFile(path: string, place: string, folder: string): Buffer {
  const full = resolve(folder, path);
  try {
    // A device or a pipe could be read for ever.
    const file = statSync(full);
    if (!file.isFile() || file.size > largest) throw new Error(`it is no file of at most ${largest} bytes`);
    return readFileSync(full);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw invalidAt(place, `The file ${JSON.stringify(full)} cannot be read: ${code ?? message}.`);
  }
}
