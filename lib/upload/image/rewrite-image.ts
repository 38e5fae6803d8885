import sharp, { type Metadata, type Sharp } from 'sharp';
import { type Denied, deny } from '../../refusal/decision.ts';
import type { ImageLimits } from './image-options.ts';
import { type ImageType, imageTypes } from './image-types.ts';

type ImageCode = 'upload/image-type-mismatch' | 'upload/image-malformed' | 'upload/image-over-limit';

export interface NewImage {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Lets libvips decode only this type, in the whole process. */
export function allowOnly(type: ImageType): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: [imageTypes[type].loader] });
  sharp.cache(false);
  sharp.concurrency(1);
}

/**
 * Decodes an image and encodes it again: rotated as its EXIF orientation says, in sRGB, without metadata. The header is checked before any pixel
 * is decoded.
 */
export async function rewriteImage(
  input: Buffer,
  type: ImageType,
  limits: ImageLimits,
): Promise<NewImage | Denied<ImageCode>> {
  try {
    const options = {
      failOn: 'error',
      limitInputPixels: limits.maxPixels,
      limitInputChannels: 5,
      sequentialRead: true,
    } as const;
    const metadata = await sharp(input, options).metadata();
    const denied = judgeHeader(metadata, type, limits);
    if (denied !== undefined) return denied;
    const isAnimated = animated.includes(type) && (metadata.pages ?? 1) > 1 && !limits.firstFrameOnly;
    const image = sharp(input, { ...options, ...(isAnimated && { animated: true }) }).timeout({
      seconds: Math.min(3_600, Math.ceil(limits.timeoutMs / 1_000)),
    });
    return await encode(image, type, limits, isAnimated);
  } catch (error) {
    return denialOf(error, type, limits);
  }
}

/** To libvips, an AVIF with several images isn't an animation. Its first image is written. */
const animated: readonly ImageType[] = ['image/gif', 'image/webp'];

async function encode(
  image: Sharp,
  type: ImageType,
  limits: ImageLimits,
  isAnimated: boolean,
): Promise<NewImage> {
  // libvips can't turn an animation. Those that browsers show have no orientation.
  const upright = isAnimated ? image : image.autoOrient();
  const resized = upright.resize({
    width: limits.maxWidth,
    height: limits.maxHeight,
    fit: 'inside',
    withoutEnlargement: true,
  });
  const { data, info } = await encoders[type](resized.toColourspace('srgb')).toBuffer({
    resolveWithObject: true,
  });
  return { data, width: info.width, height: info.pageHeight ?? info.height };
}

const encoders: Readonly<Record<ImageType, (image: Sharp) => Sharp>> = {
  'image/png': (image) => image.png(),
  'image/jpeg': (image) => image.jpeg({ quality: 85 }),
  'image/webp': (image) => image.webp({ quality: 85 }),
  'image/gif': (image) => image.gif(),
  'image/avif': (image) => image.avif({ quality: 60, effort: 2 }),
};

function judgeHeader(
  metadata: Metadata,
  type: ImageType,
  limits: ImageLimits,
): Denied<ImageCode> | undefined {
  const { format, width, height, pages = 1, pageHeight, compression } = metadata;
  if (format !== imageTypes[type].format || (type === 'image/avif' && compression !== 'av1')) {
    return deny('upload/image-type-mismatch', { type });
  }
  const frames = limits.firstFrameOnly ? 1 : pages;
  if (frames > limits.maxFrames) return overLimit('maxFrames', limits.maxFrames);
  if (width * (pageHeight ?? height) * frames > limits.maxPixels)
    return overLimit('maxPixels', limits.maxPixels);
  return undefined;
}

function denialOf(error: unknown, type: ImageType, limits: ImageLimits): Denied<ImageCode> {
  const message = String((error as { message?: unknown }).message ?? error);
  if (/unsupported image format|buffer is empty/i.test(message))
    return deny('upload/image-type-mismatch', { type });
  if (/exceeds pixel limit|too large/i.test(message)) return overLimit('maxPixels', limits.maxPixels);
  if (/out of memory|unable to allocate|cannot allocate|bufferpool/i.test(message))
    return overLimit('memoryBytes', limits.memoryBytes);
  if (/^timeout/i.test(message)) return overLimit('timeoutMs', limits.timeoutMs);
  return deny('upload/image-malformed', { type, reason: message.slice(0, 200) });
}

function overLimit(limit: string, most: number): Denied<'upload/image-over-limit'> {
  return deny('upload/image-over-limit', { limit, most });
}
