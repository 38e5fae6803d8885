import { installed } from '../../internal/installed.ts';
import { Misuse } from '../../refusal/misuse.ts';

type Library = typeof import('file-type');

let loading: Promise<Library> | undefined;

/** file-type, which recognises files by their content. */
export function loadFileType(): Promise<Library> {
  loading ??= load();
  return loading;
}

/** Inside `try`, bundlers accept that the package is absent. */
async function load(): Promise<Library> {
  try {
    return installed(await import('file-type'), 'fileTypeFromFile');
  } catch (cause) {
    throw new Misuse('upload/library-missing', 'It is file-type.', { cause });
  }
}
