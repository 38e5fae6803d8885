import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { crc32, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietByDefault } from '../../lib/event/record.ts';
import { inside } from '../../lib/path/index.ts';
import { ArchiveError } from '../../lib/upload/archive/archive-error.ts';
import { extract } from '../../lib/upload/archive/extract.ts';
import { unpack } from '../../lib/upload/archive/index.ts';
import { parseUnpackOptions } from '../../lib/upload/archive/unpack-options.ts';
import { hostileArchives } from './archive-hostile.ts';
import { makeOrdinaryArchives, type OrdinaryArchive } from './archive-ordinary.ts';
import { buildTar } from './archive-tar-builder.ts';
import { digests, readTree } from './archive-tree.ts';

let folder: string;
let archives: readonly OrdinaryArchive[];
let loud: () => void;

beforeAll(async () => {
  loud = quietByDefault();
  folder = mkdtempSync(join(tmpdir(), 'bulwark-archives-'));
  ({ archives } = await makeOrdinaryArchives(folder));
});
afterAll(() => {
  loud();
  rmSync(folder, { recursive: true, force: true });
});

/** An empty folder with the archive in it. */
function place(archive: Buffer): string {
  const root = mkdtempSync(join(folder, 'place-'));
  writeFileSync(join(root, 'archive'), archive);
  return root;
}

describe('unpack, in its process', () => {
  it('refuses every hostile archive and leaves nothing', async () => {
    const times: { readonly name: string; readonly ms: number }[] = [];
    for (const { name, code, build, options } of hostileArchives) {
      const root = place(build());
      const start = performance.now();
      const ended = unpack(inside(root, 'archive'), inside(root, 'into'), options);
      await expect(ended, name).rejects.toMatchObject({ code });
      times.push({ name, ms: Math.round(performance.now() - start) });
      expect(readdirSync(root), name).toEqual(['archive']);
      rmSync(root, { recursive: true });
    }
    const slowest = times.sort((one, other) => other.ms - one.ms)[0];
    console.log(`${times.length} hostile archives; the slowest: ${slowest?.name}, ${slowest?.ms} ms`);
  });

  it('unpacks every ordinary archive equal', async () => {
    expect(archives.length).toBeGreaterThanOrEqual(30);
    for (const { name, file, files } of archives) {
      const root = place(readFileSync(file));
      await unpack(inside(root, 'archive'), inside(root, 'into'), {
        formats: ['zip', 'tar', 'tar.gz', 'gz'],
      });
      expect(readTree(join(root, 'into')), name).toEqual(digests(files));
      rmSync(root, { recursive: true });
    }
    console.log(`${archives.length} ordinary archives`);
  });

  it('leaves all or nothing when its application is killed at 50 moments', async () => {
    const tar = buildTar(
      Array.from({ length: 300 }, (_, index) => ({
        name: `file-${index}`,
        data: Buffer.alloc(100_000, index),
      })),
    );
    const seen = { nothing: 0, all: 0, half: 0 };
    for (let moment = 0; moment < 50; moment++) {
      const root = place(moment % 2 === 0 ? tar : gzipSync(tar));
      const child = start(root);
      await until(() => readdirSync(root).length > 1 || child.exitCode !== null);
      await wait(moment * 60);
      const begun = readdirSync(root).find((name) => name.startsWith('.bulwark'));
      if (begun !== undefined && readdirSync(join(root, begun)).length > 0) seen.half += 1;
      child.kill('SIGKILL');
      // Where it was killed before the other process began, or after it had ended, the folder stays for the next sweep: empty, or whole.
      const files = () =>
        readdirSync(root).flatMap((name) =>
          name.startsWith('.bulwark') ? readdirSync(join(root, name)) : [],
        );
      await until(() => files().length === 0 || files().length === 300);
      await wait(500);
      expect([0, 300]).toContain(files().length);
      const left = readdirSync(root).filter((name) => name !== 'archive' && !name.startsWith('.bulwark'));
      if (left.length === 0) seen.nothing += 1;
      else {
        expect(left).toEqual(['into']);
        expect(readdirSync(join(root, 'into'))).toHaveLength(300);
        seen.all += 1;
      }
      rmSync(root, { recursive: true });
    }
    console.log(
      `killed at 50 moments: ${seen.nothing} times nothing, ${seen.all} times all; ${seen.half} times with files half unpacked`,
    );
    expect(seen.half).toBeGreaterThan(0);
  });

  const reason =
    spawnSync('unshare', ['-rm', 'true']).status === 0 ? undefined : 'unshare is not allowed here';
  it.skipIf(reason)(`leaves nothing on a full disk${reason ? `: ${reason}` : ''}`, () => {
    const disk = mkdtempSync(join(folder, 'disk-'));
    const archive = join(folder, 'large.tar.gz');
    writeFileSync(
      archive,
      gzipSync(
        buildTar(
          Array.from({ length: 40 }, (_, index) => ({ name: `f${index}`, data: noise(100_000, index) })),
        ),
      ),
    );
    const script = fileURLToPath(new URL('./unpack-once.ts', import.meta.url));
    const commands = [
      'mount -t tmpfs -o size=6m tmpfs "$0"',
      'cp "$1" "$0/archive"',
      '"$2" --import tsx "$3" "$0"',
      'echo',
      'ls -A "$0"',
    ].join(' && ');
    const printed = execFileSync('unshare', [
      '-rm',
      'sh',
      '-c',
      commands,
      disk,
      archive,
      process.execPath,
      script,
    ]);
    expect(printed.toString().trim().split('\n')).toEqual(['{"code":"ENOSPC"}', 'archive']);
  });

  it('refuses mutated archives, or finds in them what Python finds', async () => {
    const { limits } = parseUnpackOptions({});
    const random = generator(20_261_201);
    const originals = archives.map(({ file }) => readFileSync(file)).filter(({ length }) => length < 400_000);
    const accepted: { readonly file: string; readonly files: Record<string, number> }[] = [];
    const mutants = mkdtempSync(join(folder, 'mutants-'));
    const total = 6_000;
    for (let number = 0; number < total; number++) {
      const file = join(mutants, String(number));
      writeFileSync(file, mutate(originals[random(originals.length)] as Buffer, random));
      const into = join(mutants, 'into');
      mkdirSync(into);
      try {
        await extract({ file, name: 'content', limits }, into);
        accepted.push({ file, files: checksums(into) });
      } catch (error) {
        if (!(error instanceof ArchiveError)) throw error;
        rmSync(file);
      }
      rmSync(into, { recursive: true });
    }
    expect(readdirSync(mutants)).toHaveLength(accepted.length);
    console.log(`${total} mutated archives: ${accepted.length} unpacked`);
    const script = fileURLToPath(new URL('./compare-archives.py', import.meta.url));
    const compared = execFileSync('python3', [script], { input: JSON.stringify(accepted), maxBuffer: 1e8 });
    expect(JSON.parse(compared.toString())).toEqual([]);
  });
});

function start(root: string): ChildProcess {
  const script = fileURLToPath(new URL('./unpack-once.ts', import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', script, root], { stdio: 'ignore' });
}

async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 3_000 && !holds(); attempt++) await wait(10);
  expect(holds()).toBe(true);
}

function checksums(into: string): Record<string, number> {
  return Object.fromEntries(
    readdirSync(into, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(into.length + 1), crc32(readFileSync(path))]),
  );
}

/** Numbers below `most`, the same in every run. */
function generator(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

function noise(length: number, seed: number): Buffer {
  const random = generator(seed);
  return Buffer.from(Array.from({ length }, () => random(256)));
}

/** Changes some bytes, most of them in headers, which are at both ends; cuts, repeats, or moves a part. */
function mutate(original: Buffer, random: (most: number) => number): Buffer {
  const copy = Buffer.from(original);
  const kind = random(8);
  if (kind === 0) return copy.subarray(0, random(copy.length));
  if (kind === 1) {
    const [from, length] = [random(copy.length), random(600)];
    return Buffer.concat([copy.subarray(0, from), copy.subarray(from, from + length), copy.subarray(from)]);
  }
  for (let change = 0; change <= random(3); change++) {
    const near = random(Math.min(copy.length, 700));
    const at = [near, copy.length - 1 - near, random(copy.length)][random(3)] as number;
    copy[at] = [0, 0xff, (copy[at] as number) ^ (1 << random(8)), random(256)][random(4)] as number;
  }
  return copy;
}
