import { closeSync, constants, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { answerParent } from '../../internal/process/answer-parent.ts';
import { type Denied, deny } from '../../refusal/decision.ts';
import { watchParent } from '../watch-parent.ts';
import type { ImageLimits } from './image-options.ts';
import type { ImageType } from './image-types.ts';

export interface RewriteTask {
  /** The original, on this machine. */
  readonly from: string;
  /** A name in the directory where this process works. */
  readonly to: string;
  readonly type: ImageType;
  readonly limits: ImageLimits;
}

/** The answer of the decoding process. */
export type RewriteAnswer =
  | { readonly bytes: number; readonly width: number; readonly height: number }
  | {
      readonly denied: Denied<
        'upload/image-type-mismatch' | 'upload/image-malformed' | 'upload/image-over-limit'
      >;
    };

/** A file that is written after the application restarts would be unknown to every store. */
const look = watchParent(() => undefined);

void answerParent(async (input): Promise<RewriteAnswer> => {
  const { from, to, type, limits } = input as RewriteTask;
  const original = readOriginal(from, limits.maxBytes);
  if (original === undefined) {
    return { denied: deny('upload/image-over-limit', { limit: 'maxBytes', most: limits.maxBytes }) };
  }
  const { allowOnly, rewriteImage } = await import('./rewrite-image.ts');
  allowOnly(type);
  const image = await rewriteImage(original, type, limits);
  if ('allow' in image) return { denied: image };
  look();
  writeFileSync(to, image.data, { flag: 'wx', mode: 0o600 });
  return { bytes: image.data.length, width: image.width, height: image.height };
});

/** All bytes of a regular file. If libvips got the name, it would read options in it (`photo.png[unlimited]`), and follow links. */
function readOriginal(path: string, maxBytes: number): Buffer | undefined {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const descriptor = openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new Error('What is to be rewritten is not a regular file.');
    return status.size > maxBytes ? undefined : readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
