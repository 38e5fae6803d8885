import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { buildTar } from '../../../checks/upload/archive-tar-builder.ts';
import { buildZip } from '../../../checks/upload/archive-zip-builder.ts';
import { quietByDefault } from '../../event/record.ts';
import { hasPrlimit } from '../../internal/process/limit-command.ts';
import { inside, isSafePath } from '../../path/index.ts';
import { type UnpackOptions, unpack } from './index.ts';

const reason = hasPrlimit() ? undefined : 'needs Linux with prlimit';
const folders: string[] = [];
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bulwark-unpack-'));
  folders.push(root);
  mkdirSync(join(root, 'albums'));
});
const loud = quietByDefault();
afterAll(() => {
  loud();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const album = buildZip([
  { name: 'sea.jpg', data: 'sea', mode: 0o106777 },
  { name: '2026/dune.jpg', data: 'dune!', method: 8 },
]);

async function unpackNow(archive: Buffer, options?: UnpackOptions, name = 'upload'): Promise<unknown[]> {
  writeFileSync(join(root, name), archive);
  const files = await unpack(inside(root, name), inside(root, 'albums/new'), options);
  return files.map(({ path, bytes }) => [isSafePath(path) && path.relative, bytes]);
}

function albums(): string[] {
  return readdirSync(join(root, 'albums'));
}

describe.skipIf(reason)(`unpack${reason ? `: ${reason}` : ''}`, () => {
  it('unpacks into a new directory, with modes of its own', async () => {
    const files = await unpackNow(album);
    expect(files).toEqual([
      ['sea.jpg', 3],
      ['2026/dune.jpg', 5],
    ]);
    expect(albums()).toEqual(['new']);
    const modeOf = (name: string): number => statSync(join(root, 'albums/new', name)).mode & 0o7777;
    expect([modeOf('.'), modeOf('2026'), modeOf('sea.jpg')]).toEqual([0o700, 0o700, 0o600]);
  });

  it('replaces an empty directory, and nothing else', async () => {
    mkdirSync(join(root, 'albums/new'));
    await unpackNow(album);
    await expect(unpackNow(album)).rejects.toMatchObject({ code: 'archive/directory-not-empty' });
    rmSync(join(root, 'albums/new'), { recursive: true });
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'albums/new'));
    await expect(unpackNow(album)).rejects.toMatchObject({ code: 'archive/directory-not-empty' });
    expect([albums(), readdirSync(join(root, 'elsewhere'))]).toEqual([['new'], []]);
  });

  it.each([
    [
      'archive/unsafe-name',
      buildZip([
        { name: 'a', data: 'x' },
        { name: '../evil', data: 'x' },
      ]),
    ],
    [
      'archive/forbidden-entry',
      buildTar([
        { name: 'a', data: 'x' },
        { name: 'b', type: '2', link: '/etc' },
      ]),
    ],
    ['archive/malformed', album.subarray(0, -1)],
    ['archive/unknown-format', Buffer.from('plain text')],
  ])('refuses with %s, and leaves nothing', async (code, archive) => {
    await expect(unpackNow(archive)).rejects.toMatchObject({ code });
    expect([albums(), readdirSync(root).sort()]).toEqual([[], ['albums', 'upload']]);
  });

  it('refuses paths that are too long together with their directory, and leaves nothing', async () => {
    writeFileSync(join(root, 'upload'), buildZip([{ name: `${'d/'.repeat(30)}f`, data: 'x' }]));
    const deep = Array.from({ length: 40 }, () => 'e').join('/');
    mkdirSync(join(root, deep), { recursive: true });
    const unpacked = unpack(inside(root, 'upload'), inside(root, `${deep}/new`), { maxDepth: 64 });
    await expect(unpacked).rejects.toMatchObject({ code: 'path/too-long' });
    expect(readdirSync(join(root, deep))).toEqual([]);
  });

  it('stops when it takes too long', async () => {
    const slow = unpackNow(album, { timeoutMs: 1 });
    await expect(slow).rejects.toMatchObject({ code: 'archive/over-limit', detail: { limit: 'timeoutMs' } });
    expect(albums()).toEqual([]);
  });

  it('is not redirected by a link that replaces the directory meanwhile', async () => {
    mkdirSync(join(root, 'elsewhere'));
    const unpacking = unpackNow(album);
    for (let look = 0; look < 3_000 && albums().length === 0; look++) await setTimeout(1);
    renameSync(join(root, 'albums'), join(root, 'moved'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'albums'));
    await unpacking;
    expect(readdirSync(join(root, 'elsewhere'))).toEqual([]);
    expect(readdirSync(join(root, 'moved'))).toEqual(['new']);
  });

  it('stops when aborted, with the reason', async () => {
    const reason = new Error('the user left');
    const aborted = unpackNow(album, { signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
    expect(albums()).toEqual([]);
  });

  it('unpacks a single file if gz is allowed', async () => {
    const { gzipSync } = await import('node:zlib');
    const single = gzipSync('hello');
    await expect(unpackNow(single)).rejects.toMatchObject({ code: 'archive/unknown-format' });
    expect(await unpackNow(single, { formats: ['gz'] }, 'notes.txt.gz')).toEqual([['notes.txt', 5]]);
  });

  it('keeps inner archives as files if they are allowed', async () => {
    const outer = buildZip([{ name: 'inner.zip', data: album }]);
    expect(await unpackNow(outer, { allowArchives: true })).toEqual([['inner.zip', album.length]]);
  });

  it('keeps names that differ in case if they are allowed', async () => {
    const similar = buildZip([{ name: 'README' }, { name: 'readme' }]);
    await expect(unpackNow(similar)).rejects.toMatchObject({ code: 'archive/duplicate-name' });
    expect(await unpackNow(similar, { allowSimilarNames: true })).toHaveLength(2);
  });

  it('removes what a killed process left, and nothing that is in use', async () => {
    const random = '0123456789abcdef0123456789abcdef';
    const [old, used] = [1_000_000_000_000, Date.now() + 60_000].map(
      (until) => `.bulwark-unpacking-${until}-${random}`,
    ) as [string, string];
    for (const name of [old, used]) mkdirSync(join(root, 'albums', name, 'half'), { recursive: true });
    await unpackNow(album);
    expect(albums().sort()).toEqual([used, 'new']);
  });

  it('refuses an archive that has waited too long for its turn', async () => {
    writeFileSync(join(root, 'upload'), album);
    const names = Array.from({ length: availableParallelism() + 1 }, (_, index) => `new${index}`);
    const started = names.map((name, index) => {
      const isLast = index === names.length - 1;
      return unpack(inside(root, 'upload'), inside(root, `albums/${name}`), isLast ? { timeoutMs: 1 } : {});
    });
    const ended = await Promise.allSettled(started);
    expect(ended.map(({ status }) => status)).toEqual([...names.slice(1).map(() => 'fulfilled'), 'rejected']);
    expect(ended.at(-1)).toMatchObject({ reason: { code: 'archive/busy' } });
  });

  it.each([
    [{ maxFiles: 0 }, 'maxFiles'],
    [{ maxBytes: 1.5 }, 'maxBytes'],
    [{ maxDepth: 65 }, 'maxDepth'],
    [{ formats: ['rar'] }, 'formats'],
    [{ formats: [] }, 'formats'],
    [{ allowArchives: 'yes' }, 'allowArchives'],
    [{ signal: 1 }, 'signal'],
    [{ maxByte: 1 }, 'maxBytes'],
  ])('says what is wrong with %j', async (options, name) => {
    const wrong = unpackNow(album, options as never);
    await expect(wrong).rejects.toMatchObject({ code: 'bulwark/invalid-option' });
    await expect(wrong).rejects.toThrow(name);
  });

  it('accepts only paths from inside', async () => {
    const forged = { absolute: '/etc/passwd', name: 'passwd' } as never;
    await expect(unpack(forged, inside(root, 'albums/new'))).rejects.toMatchObject({
      code: 'path/not-a-safe-path',
    });
    writeFileSync(join(root, 'upload'), album);
    await expect(unpack(inside(root, 'upload'), forged)).rejects.toMatchObject({
      code: 'path/not-a-safe-path',
    });
  });
});
