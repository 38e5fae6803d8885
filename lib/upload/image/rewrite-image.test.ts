import { createHash } from 'node:crypto';
import sharp, { type Metadata } from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  animation,
  builtGif,
  builtPng,
  gradient,
  payload,
  photograph,
  picture,
  pngChunk,
  strangers,
  withAvifSize,
  withGifComment,
  withJpegSize,
  withPngChunks,
  withSegment,
  withWebpChunk,
} from '../../../checks/upload/image-inputs.ts';
import { type ImageOptions, parseImageOptions } from './image-options.ts';
import { type ImageType, imageTypes } from './image-types.ts';
import { allowOnly, type NewImage, rewriteImage } from './rewrite-image.ts';

const formats = ['png', 'jpeg', 'webp', 'gif', 'avif'] as const;
const types = Object.keys(imageTypes) as ImageType[];

async function rewrite(input: Buffer, type: ImageType, options: ImageOptions = {}): Promise<NewImage> {
  allowOnly(type);
  const image = await rewriteImage(input, type, parseImageOptions(options).limits);
  if ('allow' in image)
    throw Object.assign(new Error(image.code), { code: image.code, detail: image.detail });
  return image;
}

/** The new file, as any decoder sees it. */
async function look(data: Buffer): Promise<Metadata> {
  sharp.unblock({ operation: ['VipsForeignLoad'] });
  return sharp(data).metadata();
}

describe('rewriteImage', () => {
  it.each(formats)('writes a %s anew', async (format) => {
    const image = await rewrite(await picture(format), `image/${format}`);
    expect(image).toMatchObject({ width: 60, height: 40 });
    expect(await look(image.data)).toMatchObject({
      format: format === 'avif' ? 'heif' : format,
      width: 60,
      height: 40,
    });
  });

  it('keeps transparency', async () => {
    const glass = await sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.5 } },
    })
      .png()
      .toBuffer();
    const { data } = await rewrite(glass, 'image/png');
    expect(await look(data)).toMatchObject({ hasAlpha: true });
  });

  it('scales down a large image in proportion, and leaves a small one', async () => {
    const large = await picture('png', 400, 200);
    expect(await rewrite(large, 'image/png', { maxWidth: 100, maxHeight: 100 })).toMatchObject({
      width: 100,
      height: 50,
    });
    expect(await rewrite(large, 'image/png', { maxWidth: 900 })).toMatchObject({ width: 400, height: 200 });
  });

  it('turns a photo upright, and removes where and by whom it was taken', async () => {
    const original = await photograph();
    expect(await look(original)).toMatchObject({
      orientation: 6,
      exif: expect.any(Buffer),
      xmp: expect.any(Buffer),
      hasProfile: true,
    });
    const { data } = await rewrite(original, 'image/jpeg');
    const { width, height, orientation, exif, xmp, iptc, icc, comments } = await look(data);
    expect({ width, height, orientation, exif, xmp, iptc, icc, comments }).toEqual({ width: 40, height: 60 });
    expect(data.includes('Exif') || data.includes(payload)).toBe(false);
  });

  it.each(['gif', 'webp'] as const)('keeps the frames of an animated %s, or the first', async (format) => {
    const moving = await animation(format, 5);
    const all = await rewrite(moving, `image/${format}`);
    expect(all).toMatchObject({ width: 20, height: 10 });
    expect(await look(all.data)).toMatchObject({ pages: 5, delay: [100, 100, 100, 100, 100] });
    const first = await rewrite(moving, `image/${format}`, { firstFrameOnly: true });
    expect((await look(first.data)).pages ?? 1).toBe(1);
  });

  it.each([
    [
      'a GIF that is a JAR too (GIFAR)',
      'image/gif',
      async () => Buffer.concat([await picture('gif'), Buffer.from(`PK\x03\x04${payload}`)]),
    ],
    [
      'a GIF with a comment',
      'image/gif',
      async () => withGifComment(await picture('gif'), Buffer.from(payload)),
    ],
    [
      'a JPEG with a comment',
      'image/jpeg',
      async () => withSegment(await picture('jpeg'), 0xfe, Buffer.from(payload)),
    ],
    [
      'a JPEG with EXIF that is code',
      'image/jpeg',
      async () => withSegment(await picture('jpeg'), 0xe1, Buffer.from(`Exif\0\0${payload}`)),
    ],
    [
      'a JPEG with an unknown segment',
      'image/jpeg',
      async () => withSegment(await picture('jpeg'), 0xeb, Buffer.from(payload)),
    ],
    [
      'a JPEG with a page behind it',
      'image/jpeg',
      async () => Buffer.concat([await picture('jpeg'), Buffer.from(payload)]),
    ],
    [
      'a PNG with a text',
      'image/png',
      async () => withPngChunks(await picture('png'), pngChunk('tEXt', Buffer.from(`Comment\0${payload}`))),
    ],
    [
      'a PNG with a private chunk',
      'image/png',
      async () => withPngChunks(await picture('png'), pngChunk('prIv', Buffer.from(payload))),
    ],
    [
      'a PNG with a zip behind it',
      'image/png',
      async () => Buffer.concat([await picture('png'), Buffer.from(`PK\x05\x06${payload}`)]),
    ],
    [
      'a WebP with XMP',
      'image/webp',
      async () => withWebpChunk(await picture('webp'), 'XMP ', Buffer.from(payload)),
    ],
    [
      'an AVIF with a free box',
      'image/avif',
      async () => Buffer.concat([await picture('avif'), Buffer.from('\0\0\0\x3dfree'), Buffer.from(payload)]),
    ],
  ] as const)('leaves nothing of the other half of %s', async (_, type, build) => {
    const original = await build();
    expect(original.includes(payload)).toBe(true);
    const { data } = await rewrite(original, type);
    expect(
      ['<?php', '<script', 'PK\x03\x04', 'PK\x05\x06'].filter((text) => data.includes(text, 0, 'latin1')),
    ).toEqual([]);
  });

  it('keeps text that the pixels themselves spell, as its page says', async () => {
    // Noise can't be compressed, so PNG stores it unchanged.
    const pixels = createHash('shake256', { outputLength: 64 * 64 * 3 }).digest();
    pixels.write(payload, 64 * 30, 'latin1');
    const noise = await sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toBuffer();
    expect((await rewrite(noise, 'image/png')).data.includes(payload)).toBe(true);
    expect((await rewrite(noise, 'image/png', { maxWidth: 50 })).data.includes(payload)).toBe(false);
  });

  it('runs only the decoder of the type', async () => {
    for (const format of formats) {
      const original = await picture(format);
      for (const type of types.filter((other) => other !== `image/${format}`)) {
        await expect(rewrite(original, type), `${format} as ${type}`).rejects.toMatchObject({
          code: 'upload/image-type-mismatch',
        });
      }
    }
  });

  it.each(Object.entries(strangers))('refuses %s under every type', async (_, content) => {
    for (const type of types) {
      await expect(rewrite(content, type)).rejects.toMatchObject({ code: 'upload/image-type-mismatch' });
    }
  });

  it('refuses a TIFF that is called a PNG', async () => {
    const tiff = await gradient(8, 8).tiff().toBuffer();
    await expect(rewrite(tiff, 'image/png')).rejects.toMatchObject({ code: 'upload/image-type-mismatch' });
  });

  it.each([
    ['a PNG of 50,000 by 50,000', 'image/png', async () => builtPng(50_000, 50_000, Buffer.alloc(1_000))],
    [
      'an interlaced PNG of 50,000 by 50,000',
      'image/png',
      async () => builtPng(50_000, 50_000, Buffer.alloc(1_000), true),
    ],
    ['a PNG of one line of 2^31 - 1', 'image/png', async () => builtPng(2 ** 31 - 1, 1, Buffer.alloc(1_000))],
    [
      'a JPEG of 65,500 by 65,500',
      'image/jpeg',
      async () => withJpegSize(await picture('jpeg'), 65_500, 65_500),
    ],
    ['a GIF of 65,535 by 65,535', 'image/gif', async () => builtGif(65_535, 65_535, 1)],
    ['a GIF of 10,000 frames', 'image/gif', async () => builtGif(10, 10, 10_000)],
    ['a GIF of 400 frames of a megapixel', 'image/gif', async () => builtGif(1_000, 1_000, 400)],
    ['a WebP of 16,383 by 16,383', 'image/webp', async () => hugeWebp()],
    [
      'an AVIF of 60,000 by 60,000',
      'image/avif',
      async () => withAvifSize(await picture('avif'), 60_000, 60_000),
    ],
  ] as const)('refuses %s before it decodes a pixel', async (_, type, build) => {
    await expect(rewrite(await build(), type)).rejects.toMatchObject({
      code: expect.stringMatching(/^upload\/image-(?:over-limit|malformed)$/),
    });
  });

  it('accepts an image of exactly the limit, and refuses one pixel more', async () => {
    const square = await picture('png', 100, 100);
    expect(await rewrite(square, 'image/png', { maxPixels: 10_000 })).toMatchObject({ width: 100 });
    await expect(rewrite(square, 'image/png', { maxPixels: 9_999 })).rejects.toMatchObject({
      code: 'upload/image-over-limit',
      detail: { limit: 'maxPixels', most: 9_999 },
    });
    const moving = await animation('gif', 5);
    expect(await rewrite(moving, 'image/gif', { maxFrames: 5 })).toMatchObject({ width: 20 });
    await expect(rewrite(moving, 'image/gif', { maxFrames: 4 })).rejects.toMatchObject({
      detail: { limit: 'maxFrames' },
    });
  });

  it.each(formats)('refuses half of a %s', async (format) => {
    const whole = await picture(format, 300, 300);
    await expect(rewrite(whole.subarray(0, whole.length / 2), `image/${format}`)).rejects.toMatchObject({
      code: expect.stringMatching(/^upload\/image-(?:malformed|type-mismatch)$/),
    });
  });
});

/** Only its header, in the form of a lossless WebP. */
function hugeWebp(): Buffer {
  const content = Buffer.alloc(20);
  content[0] = 0x2f;
  content.writeUInt32LE(((16_382 << 14) | 16_382) >>> 0, 1);
  const head = Buffer.alloc(20);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(12 + content.length, 4);
  head.write('WEBPVP8L', 8, 'latin1');
  head.writeUInt32LE(content.length, 16);
  return Buffer.concat([head, content]);
}
