import type { FileHandle } from 'node:fs/promises';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../checks/upload/temporary-folder.ts';
import { ChunkWriter } from './chunk-writer.ts';

const folder = temporaryFolder();
const chunk = fc.oneof(
  fc.uint8Array({ maxLength: 50 }),
  fc.integer({ min: 0, max: 400_000 }).map((bytes) => new Uint8Array(bytes).fill(bytes % 256)),
);

/** A handle that accepts only part of a write, as with a full disk or a signal, and fails after this many bytes. */
function shortHandle(handle: FileHandle, most: number, failAfter: number): FileHandle {
  let written = 0;
  return {
    async writev(buffers: readonly Uint8Array[]) {
      if (written >= failAfter) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      const all = Buffer.concat(buffers).subarray(0, Math.min(most, failAfter - written));
      await handle.write(all);
      written += all.byteLength;
      return { bytesWritten: all.byteLength };
    },
  } as never;
}

describe('chunks', () => {
  it('are written in order, whatever their sizes, and whoever waits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(chunk, fc.boolean()), { maxLength: 12 }),
        fc.integer({ min: 1_000, max: 500_000 }),
        async (chunks, most) => {
          const file = join(folder, 'in-order');
          await using handle = await opened(file);
          const writer = new ChunkWriter(shortHandle(handle.file, most, Number.POSITIVE_INFINITY));
          for (const [bytes, waits] of chunks) {
            const written = writer.write(bytes);
            if (waits) await written;
          }
          await writer.flush();
          const expected = Buffer.concat(chunks.map(([bytes]) => bytes));
          expect((await readFile(file)).equals(expected)).toBe(true);
          expect(writer.written).toBe(expected.byteLength);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('fail for good once one has failed, and the file has only the first bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunk, { minLength: 1, maxLength: 12 }),
        fc.nat(500_000),
        async (chunks, room) => {
          const file = join(folder, 'failing');
          await using handle = await opened(file);
          const writer = new ChunkWriter(shortHandle(handle.file, 300_000, room));
          const expected = Buffer.concat(chunks);
          const error: unknown = await (async () => {
            for (const bytes of chunks) await writer.write(bytes);
            await writer.flush();
          })().catch((caught: unknown) => caught);
          const written = await readFile(file);
          expect(written.equals(expected.subarray(0, written.byteLength))).toBe(true);
          if (expected.byteLength <= room) {
            expect(error).toBeUndefined();
            expect(written.byteLength).toBe(expected.byteLength);
            return;
          }
          expect(error).toMatchObject({ code: 'ENOSPC' });
          expect(() => writer.write(new Uint8Array(1))).toThrow(/no space/);
          await expect(writer.flush()).rejects.toThrow(/no space/);
        },
      ),
      { numRuns: 40 },
    );
  });
});

async function opened(path: string): Promise<AsyncDisposable & { readonly file: FileHandle }> {
  await rm(path, { force: true });
  const file = await open(path, 'wx');
  return { file, [Symbol.asyncDispose]: () => file.close() };
}
