import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { builtPng, payload, picture, pngChunk, withPngChunks } from '../../../checks/upload/image-inputs.ts';
import { quietByDefault } from '../../event/record.ts';
import { hasPrlimit } from '../../internal/process/limit-command.ts';
import { inside } from '../../path/index.ts';
import { type ImageOptions, imageRewriter } from './index.ts';

const reason = hasPrlimit() ? undefined : 'needs Linux with prlimit';
const folders: string[] = [];
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bulwark-images-'));
  folders.push(root);
});
const loud = quietByDefault();
afterAll(() => {
  loud();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function rewrite(image: Buffer, type: string, options?: ImageOptions): Promise<unknown> {
  writeFileSync(join(root, 'original'), image);
  return imageRewriter(options).rewrite(inside(root, 'original'), inside(root, 'new'), type);
}

describe.skipIf(reason)(`imageRewriter${reason ? `: ${reason}` : ''}`, () => {
  it('writes a new file, which only the owner can read, and leaves the original', async () => {
    const original = withPngChunks(
      await picture('png'),
      pngChunk('tEXt', Buffer.from(`Comment\0${payload}`)),
    );
    const written = await rewrite(original, 'image/png');
    const data = readFileSync(join(root, 'new'));
    expect(written).toEqual({ type: 'image/png', bytes: data.length, width: 60, height: 40 });
    expect(data.includes('<?php')).toBe(false);
    expect(statSync(join(root, 'new')).mode & 0o7777).toBe(0o600);
    expect(readFileSync(join(root, 'original'))).toEqual(original);
  });

  it.each([
    ['upload/image-type-mismatch', 'image/jpeg', {}],
    ['upload/image-type-mismatch', 'image/svg+xml', {}],
    ['upload/image-type-mismatch', 'image/png', { types: ['image/jpeg'] }],
    ['upload/image-over-limit', 'image/png', { maxBytes: 100 }],
    ['upload/image-over-limit', 'image/png', { timeoutMs: 1 }],
  ] as const)('refuses with %s, and leaves nothing: %s, %j', async (code, type, options) => {
    await expect(rewrite(await picture('png'), type, options)).rejects.toMatchObject({ code });
    expect(readdirSync(root)).toEqual(['original']);
  });

  it('refuses half an image, and leaves nothing', async () => {
    const whole = await picture('jpeg', 300, 300);
    const half = rewrite(whole.subarray(0, whole.length / 2), 'image/jpeg');
    await expect(half).rejects.toMatchObject({ code: 'upload/image-malformed' });
    expect(readdirSync(root)).toEqual(['original']);
  });

  it('enforces the memory limit', async () => {
    // Interlaced, so that all of its pixels have to be in memory at once: 150 MB.
    const large = builtPng(7_000, 7_000, Buffer.alloc(7_000 * 7_001 * 3), true);
    const limited = rewrite(large, 'image/png', { memoryBytes: 67_108_864 });
    await expect(limited).rejects.toMatchObject({
      code: 'upload/image-over-limit',
      detail: { limit: 'memoryBytes' },
    });
    expect(readdirSync(root)).toEqual(['original']);
  });

  it('overwrites nothing, and follows no link', async () => {
    const image = await picture('png');
    symlinkSync(join(root, 'elsewhere'), join(root, 'new'));
    await expect(rewrite(image, 'image/png')).rejects.toMatchObject({
      code: 'EEXIST',
      path: join(root, 'new'),
      message: expect.stringContaining(join(root, 'new')),
    });
    expect(readdirSync(root).sort()).toEqual(['new', 'original']);
  });

  it('refuses at once when the queue is full', async () => {
    writeFileSync(join(root, 'original'), await picture('png'));
    const images = imageRewriter({ maxAtOnce: 1, maxWaiting: 1 });
    const names = ['a', 'b', 'c'];
    const ended = await Promise.allSettled(
      names.map((name) => images.rewrite(inside(root, 'original'), inside(root, name), 'image/png')),
    );
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(ended[2]).toMatchObject({ reason: { code: 'upload/image-busy' } });
  });
});

describe('the options of imageRewriter', () => {
  it('lists the types that it rewrites', () => {
    expect(imageRewriter({ types: ['image/png'] }).types).toEqual(['image/png']);
    expect(imageRewriter().types).toHaveLength(5);
  });

  it.each([
    [{ types: ['image/svg+xml'] }, 'types'],
    [{ types: [] }, 'types'],
    [{ maxPixels: 0 }, 'maxPixels'],
    [{ maxWidth: 1e6 }, 'maxWidth'],
    [{ memoryBytes: 1 }, 'memoryBytes'],
    [{ firstFrameOnly: 1 }, 'firstFrameOnly'],
    [{ maxPixel: 1 }, 'maxPixels'],
  ])('says what is wrong with %j', (options, name) => {
    expect(() => imageRewriter(options as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option', message: expect.stringContaining(name) }),
    );
  });

  it('says what to install if sharp is missing', async () => {
    vi.resetModules();
    vi.doMock('node:module', () => ({
      createRequire: () => ({
        resolve: () => {
          throw Object.assign(new Error("Cannot find module 'sharp'"), { code: 'MODULE_NOT_FOUND' });
        },
      }),
    }));
    try {
      const fresh = await import('./index.ts');
      expect(() => fresh.imageRewriter()).toThrow(
        expect.objectContaining({
          code: 'upload/sharp-missing',
          hint: expect.stringContaining('npm install sharp'),
        }),
      );
    } finally {
      vi.doUnmock('node:module');
      vi.resetModules();
    }
  });
});
