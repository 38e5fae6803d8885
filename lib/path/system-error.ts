import type { SafePath } from './safe-path.ts';

/** The code of a system error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/**
 * True for the errors that mean that there is no such file: the name doesn't exist, or is a directory, or a file is where a directory should be.
 * Answer them with 404.
 *
 * @example
 * ```ts
 * import { inside, isNotFound, readFile } from 'bulwark/path';
 *
 * const bytes = await readFile(inside('/srv/photos', 'sea.jpg')).catch((error: unknown) => {
 *   if (isNotFound(error)) return undefined;
 *   throw error;
 * });
 * ```
 */
export function isNotFound(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '');
}

export function systemError(
  code: string,
  text: string,
  syscall: string,
  path: string,
): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${text}, ${syscall} '${path}'`), { code, syscall, path });
}

/** Runs `work`. System errors then name the path that was asked for, instead of a handle. */
export async function atPath<T>(path: SafePath, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, syscall, errno } = error as NodeJS.ErrnoException;
    if (!(error instanceof Error) || errno === undefined || code === undefined || syscall === undefined)
      throw error;
    const text = /^[A-Z\d]+: ([^,]*)/.exec(error.message)?.[1] ?? 'failed';
    throw Object.assign(systemError(code, text, syscall, path.absolute), { errno });
  }
}
