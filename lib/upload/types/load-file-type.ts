import { Misuse } from '../../refusal/misuse.ts';

type Library = typeof import('file-type');

let loading: Promise<Library> | undefined;

/** file-type, which recognises files by their content. */
export function loadFileType(): Promise<Library> {
  loading ??= import('file-type').catch((cause: unknown) => {
    throw new Misuse('upload/library-missing', 'It is file-type.', { cause });
  });
  return loading;
}
