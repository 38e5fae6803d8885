import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Metadata } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImageLimits, parseImageOptions } from '../../lib/upload/image/image-options.ts';
import type { ImageType } from '../../lib/upload/image/image-types.ts';
import { allowOnly, type NewImage, rewriteImage } from '../../lib/upload/image/rewrite-image.ts';
import { findProgram } from '../machine/program.ts';
import { animation, payload, photograph, picture } from './image-inputs.ts';

const { limits } = parseImageOptions({});
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-images-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rewrite(input: Buffer, type: ImageType, own: ImageLimits = limits): Promise<NewImage> {
  allowOnly(type);
  const image = await rewriteImage(input, type, own);
  if ('allow' in image)
    throw Object.assign(new Error(image.code), { code: image.code, detail: image.detail });
  return image;
}

async function look(data: Buffer): Promise<Metadata> {
  sharp.unblock({ operation: ['VipsForeignLoad'] });
  return sharp(data).metadata();
}

/** What ImageMagick is asked to write: the file, and how. */
const ordinary: readonly (readonly [file: string, type: ImageType, ...args: string[]])[] = [
  ['plain.png', 'image/png'],
  ['palette.png', 'image/png', '-type', 'Palette'],
  ['grey.png', 'image/png', '-colorspace', 'Gray'],
  ['bilevel.png', 'image/png', '-type', 'Bilevel'],
  ['sixteen.png', 'image/png', '-depth', '16'],
  ['interlaced.png', 'image/png', '-interlace', 'PNG'],
  ['alpha.png', 'image/png', '-alpha', 'set', '-channel', 'A', '-evaluate', 'set', '50%'],
  ['text.png', 'image/png', '-set', 'comment', 'hello'],
  ['plain.jpg', 'image/jpeg'],
  ['progressive.jpg', 'image/jpeg', '-interlace', 'JPEG'],
  ['grey.jpg', 'image/jpeg', '-colorspace', 'Gray'],
  ['cmyk.jpg', 'image/jpeg', '-colorspace', 'CMYK'],
  ['low.jpg', 'image/jpeg', '-quality', '5'],
  ['full.jpg', 'image/jpeg', '-sampling-factor', '4:4:4', '-quality', '100'],
  ['comment.jpg', 'image/jpeg', '-set', 'comment', 'hello'],
  ['turned.jpg', 'image/jpeg', '-orient', 'RightTop'],
  ['plain.gif', 'image/gif'],
  ['few.gif', 'image/gif', '-colors', '4'],
  ['plain.webp', 'image/webp'],
  ['lossless.webp', 'image/webp', '-define', 'webp:lossless=true'],
  ['plain.avif', 'image/avif'],
  ['low.avif', 'image/avif', '-quality', '20'],
];

const magick = findProgram('magick');
const reason = magick === undefined ? 'magick is not installed' : undefined;

describe('rewriteImage, at length', () => {
  it.skipIf(reason)(`rewrites what ImageMagick writes${reason ? `: ${reason}` : ''}`, async () => {
    for (const [name, type, ...args] of ordinary) {
      const file = join(folder, name);
      execFileSync(magick as string, ['-size', '120x80', 'plasma:red-blue', ...args, file]);
      const { data, width, height } = await rewrite(readFileSync(file), type);
      const sizes = [width, height].sort((one, other) => one - other);
      expect(sizes, name).toEqual([80, 120]);
      expect((await look(data)).space, name).toMatch(/^(?:srgb|b-w|grey16|rgb16)$/);
      // A viewer sees the same picture, up to what encoders round.
      expect(await difference(readFileSync(file), data), name).toBeLessThan(12);
    }
  });

  it('refuses mutated images, or writes clean ones, and neither crashes nor hangs', async () => {
    const originals: readonly (readonly [Buffer, ImageType])[] = [
      [await photograph(), 'image/jpeg'],
      [await picture('png', 80, 60), 'image/png'],
      [await picture('webp', 80, 60), 'image/webp'],
      [await picture('gif', 80, 60), 'image/gif'],
      [await picture('avif', 80, 60), 'image/avif'],
      [await animation('gif', 6), 'image/gif'],
      [await animation('webp', 6), 'image/webp'],
    ];
    const random = generator(31);
    const small = parseImageOptions({ maxPixels: 1_000_000, maxFrames: 20, timeoutMs: 10_000 }).limits;
    let written = 0;
    for (let number = 0; number < 4_000; number++) {
      const [original, type] = originals[number % originals.length] as (typeof originals)[number];
      const mutant = mutate(original, random);
      const image = await rewrite(mutant, type, small).catch((error: { code?: string }) => {
        expect(error.code).toMatch(/^upload\/image-/);
        return undefined;
      });
      if (image === undefined) continue;
      written += 1;
      expect(image.width * image.height).toBeLessThanOrEqual(1_000_000);
      const { exif, xmp, icc } = await look(image.data);
      expect([exif, xmp, icc]).toEqual([undefined, undefined, undefined]);
      expect(image.data.includes(payload)).toBe(false);
    }
    console.log(`4000 mutated images: ${written} written anew`);
    expect(written).toBeGreaterThan(100);
  });
});

/** How far two pictures are from each other on average, in steps of 255. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  sharp.unblock({ operation: ['VipsForeignLoad'] });
  const pixels = async (image: Buffer): Promise<Buffer> =>
    sharp(image)
      .autoOrient()
      .toColourspace('srgb')
      .flatten()
      .resize(40, 40, { fit: 'fill' })
      .raw()
      .toBuffer();
  const [first, second] = [await pixels(one), await pixels(other)];
  expect(first.length).toBe(second.length);
  return (
    first.reduce((sum, value, index) => sum + Math.abs(value - (second[index] as number)), 0) / first.length
  );
}

function generator(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

function mutate(original: Buffer, random: (most: number) => number): Buffer {
  const copy = Buffer.from(original);
  if (random(10) === 0) return copy.subarray(0, random(copy.length));
  for (let change = 0; change <= random(4); change++) {
    const at = random(2) === 0 ? random(Math.min(copy.length, 200)) : random(copy.length);
    copy[at] = [0, 0xff, (copy[at] as number) ^ (1 << random(8)), random(256)][random(4)] as number;
  }
  return copy;
}
