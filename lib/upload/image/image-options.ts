import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { wholeNumber } from '../whole-number.ts';
import { type ImageType, imageTypes, isImageType } from './image-types.ts';

export interface ImageOptions {
  /** The types to accept. All five by default. */
  readonly types?: readonly ImageType[];
  /** The most bytes of the original. 50,000,000 by default. */
  readonly maxBytes?: number;
  /** The most pixels of an image, all frames together. 60,000,000 by default, more than phones take. */
  readonly maxPixels?: number;
  /** The most frames of an animation. 500 by default. */
  readonly maxFrames?: number;
  /** A wider image is scaled down, in proportion. 16,000 by default. WebP allows at most 16,383. */
  readonly maxWidth?: number;
  /** A higher image is scaled down, in proportion. 16,000 by default. */
  readonly maxHeight?: number;
  /** Writes only the first frame of an animation. */
  readonly firstFrameOnly?: boolean;
  /** The limit on time, and on CPU time, for one image. 30,000 milliseconds by default. */
  readonly timeoutMs?: number;
  /** How much memory the decoding process may allocate. 1 GiB by default. */
  readonly memoryBytes?: number;
  /** The most images that are decoded at once. 2 by default. */
  readonly maxAtOnce?: number;
  /** The most images that wait for their turn. 50 by default. */
  readonly maxWaiting?: number;
  /** Decodes without limits on memory and CPU time if there is no `prlimit`, as on macOS and Windows. */
  readonly allowUnlimited?: boolean;
}

/** The limits that the decoding process enforces. Plain data. */
export interface ImageLimits {
  readonly maxBytes: number;
  readonly maxPixels: number;
  readonly maxFrames: number;
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly firstFrameOnly: boolean;
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

export interface ImagePolicy {
  readonly types: readonly ImageType[];
  readonly limits: ImageLimits;
  readonly maxAtOnce: number;
  readonly maxWaiting: number;
  readonly allowUnlimited: boolean;
}

/** @throws Misuse `bulwark/invalid-option` */
export function parseImageOptions(options: ImageOptions): ImagePolicy {
  const own = knownOptions(options, [
    ...(['types', 'maxBytes', 'maxPixels', 'maxFrames', 'maxWidth', 'maxHeight'] as const),
    ...(['firstFrameOnly', 'timeoutMs', 'memoryBytes', 'maxAtOnce', 'maxWaiting'] as const),
    'allowUnlimited',
  ]);
  const side = 65_535;
  return {
    types: typesOf(own.types ?? (Object.keys(imageTypes) as ImageType[])),
    limits: {
      maxBytes: wholeNumber('maxBytes', own.maxBytes ?? 50_000_000, 1, 1_000_000_000),
      maxPixels: wholeNumber('maxPixels', own.maxPixels ?? 60_000_000, 1, 1_000_000_000),
      maxFrames: wholeNumber('maxFrames', own.maxFrames ?? 500, 1, 100_000),
      maxWidth: wholeNumber('maxWidth', own.maxWidth ?? 16_000, 1, side),
      maxHeight: wholeNumber('maxHeight', own.maxHeight ?? 16_000, 1, side),
      firstFrameOnly: trueOrFalse('firstFrameOnly', own.firstFrameOnly),
      timeoutMs: wholeNumber('timeoutMs', own.timeoutMs ?? 30_000, 1, 3_600_000),
      memoryBytes: wholeNumber('memoryBytes', own.memoryBytes ?? 1_073_741_824, 16_777_216, 1e12),
    },
    maxAtOnce: wholeNumber('maxAtOnce', own.maxAtOnce ?? 2, 1, 1_000),
    maxWaiting: wholeNumber('maxWaiting', own.maxWaiting ?? 50, 0, 100_000),
    allowUnlimited: trueOrFalse('allowUnlimited', own.allowUnlimited),
  };
}

function typesOf(value: unknown): readonly ImageType[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isImageType)) return Object.freeze([...value]);
  throw new Misuse('bulwark/invalid-option', `types takes a list of ${Object.keys(imageTypes).join(', ')}.`);
}

function trueOrFalse(option: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw new Misuse('bulwark/invalid-option', `${option} takes true or false.`);
}
