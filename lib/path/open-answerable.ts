import type { ReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { refuse } from '../internal/refuse.ts';
import { deny } from '../refusal/decision.ts';
import type { AnswerableFile } from './answer-file.ts';
import type { ByteRange } from './byte-range.ts';
import type { LinkOptions } from './link-options.ts';
import { mediaTypeOf } from './media-types.ts';
import { NoSuchFile } from './no-such-file.ts';
import { openFile } from './open-file.ts';
import { routeOf, type SafePath } from './safe-path.ts';
import { isNotFound } from './system-error.ts';

export interface ServedFileOptions extends LinkOptions {
  /** The name under which the browser suggests to save the file: data, in any script. The file's own name by default. */
  readonly name?: string;
  /** The media type, without parameters. By default, that of the file's extension. */
  readonly type?: string;
  /** Serves files whose name, or the name of a directory in their path, starts with a dot. */
  readonly allowDotFiles?: boolean;
  /** Serves a file that has other names too, which may be outside the directory. */
  readonly allowHardLinks?: boolean;
}

/**
 * Opens a file to answer with.
 *
 * @throws Refusal `path/dot-file`, and what `openFile` throws
 * @throws NoSuchFile, answered with 404
 */
export async function openAnswerable(path: SafePath, options: ServedFileOptions): Promise<AnswerableFile> {
  routeOf(path);
  const { name = path.name, type = mediaTypeOf(path.name), allowDotFiles, allowHardLinks, links } = options;
  if (allowDotFiles !== true && hasDotName(path)) {
    refuse(deny('path/dot-file', { input: path.relative.slice(0, 512) }));
  }
  try {
    const { handle, bytes, modifiedAt, version } = await openFile(path, {
      ...(links !== undefined && { links }),
      allowHardLinks: allowHardLinks === true,
    });
    return {
      ...{ bytes, modifiedAt, name, type, etag: `"${version}"` },
      read: (range) => readRange(handle, range ?? { start: 0, end: bytes - 1 }),
      close: () => handle.close(),
    };
  } catch (error) {
    if (isNotFound(error)) throw new NoSuchFile(error);
    throw error;
  }
}

function hasDotName({ relative }: SafePath): boolean {
  return relative.startsWith('.') || relative.includes('/.');
}

/** Not beyond the announced end, however long the file has become. */
function readRange(handle: FileHandle, { start, end }: ByteRange): ReadStream {
  return handle.createReadStream({ start, end, highWaterMark: 131_072 });
}
