import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mulberry32 } from '../../bench/interval.ts';
import { configureEvents } from '../../lib/event/index.ts';
import { inside, readText } from '../../lib/path/index.ts';
import { noBeneath, readBeneath } from './beneath.ts';

const reason = noBeneath();
const trees = Number(process.env['BULWARK_TREES'] ?? 4);
const names = ['a', 'b', 'c', 'd'];

describe.skipIf(reason)(`links, beside openat2 of the kernel${reason ? `: ${reason}` : ''}`, () => {
  let base = '';

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    base = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-beneath-')));
  });
  afterAll(() => rm(base, { recursive: true, force: true }));

  it('lead where it says, and are refused where it refuses', async () => {
    const seen = new Map<string, number>();
    for (let seed = 0; seed < trees; seed++) {
      const random = mulberry32(seed);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const steps = (of: readonly string[], most: number): string =>
        Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(of)).join('/');
      const outer = join(base, String(seed));
      const root = join(outer, 'root');
      await mkdir(root, { recursive: true });
      for (const name of names) await writeFile(join(outer, name), 'outside').catch(() => undefined);
      for (let made = 0; made < 60; made++) {
        const path = join(root, steps(names, 4));
        const kind = random();
        // What can't be made, since its folder is missing or its name taken, isn't.
        await (kind < 0.45
          ? mkdir(path)
          : kind < 0.6
            ? writeFile(path, `inside ${made}`, { flag: 'wx' })
            : symlink(steps([...names, ...names, '..', '..', '.'], 5), path)
        ).catch(() => undefined);
      }
      const paths = Array.from({ length: 80 }, () => steps(names, 5));
      const expected = await readBeneath(root, paths);
      for (const [index, path] of paths.entries()) {
        const own = await readText(inside(root, path)).catch(({ code }: { code: string }) => code);
        const wanted = (expected[index] as string).replace(/^(?:EXDEV|ELOOP)$/, 'path/link');
        expect([seed, path, own]).toEqual([seed, path, wanted]);
        const kind = wanted.replace(/ \d+$/, '');
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }
    }
    expect([...seen.keys()].sort()).toEqual(['EISDIR', 'ENOENT', 'ENOTDIR', 'inside', 'path/link']);
  });
});
