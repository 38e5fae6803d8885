import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPrlimit } from '../../lib/internal/process/limit-command.ts';
import { diskStore } from '../../lib/upload/disk/index.ts';
import { imageRewriter } from '../../lib/upload/image/index.ts';
import { uploads } from '../../lib/upload/index.ts';
import { payload, picture, pngChunk, withPngChunks } from './image-inputs.ts';

const reason = hasPrlimit() ? undefined : 'needs Linux with prlimit';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-image-upload-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(reason)(`an image that is uploaded${reason ? `: ${reason}` : ''}`, () => {
  it('is stored as its pixels alone', async () => {
    const store = diskStore({ folder });
    const avatars = uploads({ store, images: imageRewriter(), files: { avatar: { types: ['image/png'] } } });
    const original = withPngChunks(
      await picture('png'),
      pngChunk('tEXt', Buffer.from(`Comment\0${payload}`)),
    );
    const form = new FormData();
    form.append('avatar', new Blob([new Uint8Array(original)]), 'me.png');
    const { files } = await avatars.receive(
      new Request('https://example.com', { method: 'POST', body: form }),
    );
    const [file] = [files.avatar].flat();
    const stored = await store.open(file?.id ?? '');
    const data = await buffer(stored.read());
    expect(stored.record).toMatchObject({ type: 'image/png', status: 'ready', bytes: data.length });
    expect(data.subarray(1, 4).toString()).toBe('PNG');
    expect(original.includes('<?php') && !data.includes('<?php')).toBe(true);
  });
});
