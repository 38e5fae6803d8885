import { mkdtemp, rm, writeFile as write } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../event/index.ts';
import { inside, readFile, readText } from './index.ts';

let root = '';

beforeAll(async () => {
  configureEvents({ sinks: [] });
  root = await mkdtemp(join(tmpdir(), 'bulwark-path-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const refusedAs = (code: string): object => expect.objectContaining({ name: 'Refusal', code });

describe('readFile and readText', () => {
  it('read up to the limit, and refuse one byte more', async () => {
    for (const size of [0, 1, 4_095, 4_096, 1_048_576, 3_000_000]) {
      await write(join(root, 'sized'), Buffer.alloc(size, 'x'));
      expect(
        (await readFile(inside(root, 'sized'), { maxBytes: size })).equals(Buffer.alloc(size, 'x')),
      ).toBe(true);
      expect((await readFile(inside(root, 'sized'))).length).toBe(size);
      if (size > 0)
        await expect(readFile(inside(root, 'sized'), { maxBytes: size - 1 })).rejects.toEqual(
          refusedAs('path/too-large'),
        );
    }
    // A file of /proc says that it has 0 bytes.
    await expect(readFile(inside('/proc/self', 'status'), { maxBytes: 100 })).rejects.toEqual(
      refusedAs('path/too-large'),
    );
  });

  it('bound a file that grows while it is read', async () => {
    await write(join(root, 'log'), 'x'.repeat(1_000_000));
    let growing = true;
    const grow = (async () => {
      while (growing) await write(join(root, 'log'), 'x'.repeat(500_000), { flag: 'a' });
    })();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => readFile(inside(root, 'log'), { maxBytes: 2_000_000 })),
    );
    growing = false;
    await grow;
    for (const result of results) {
      if (result.status === 'fulfilled') expect(result.value.length).toBeLessThanOrEqual(2_000_000);
      else expect(result.reason).toEqual(refusedAs('path/too-large'));
    }
    await expect(readFile(inside(root, 'log'), { maxBytes: 2_000_000 })).rejects.toEqual(
      refusedAs('path/too-large'),
    );
    await rm(join(root, 'log'));
  });

  it('read UTF-8, and refuse other bytes', async () => {
    await write(join(root, 'utf-8'), '\ufeffna\u00efve');
    expect(await readText(inside(root, 'utf-8'))).toBe('na\u00efve');
    await write(join(root, 'latin-1'), Buffer.from('na\u00efve', 'latin1'));
    await expect(readText(inside(root, 'latin-1'))).rejects.toEqual(refusedAs('path/not-text'));
  });
});
