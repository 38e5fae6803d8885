/** What opening and writing a file by its guard costs, beside node:fs: `npx tsx bench/path/open-file.ts`. */
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as guarded from '../../lib/path/index.ts';
import { median, mulberry32, ratioOf } from '../interval.ts';
import { type Call, samplePair } from '../turns.ts';

const rounds = 15;
const count = 300;
const root = await mkdtemp(join(tmpdir(), 'bulwark-bench-'));
const name = 'a/b/c/file';
await mkdir(join(root, 'a/b/c'), { recursive: true });
await writeFile(join(root, name), 'x'.repeat(10_000));

const pairs: readonly (readonly [what: string, guarded: Call, bare: Call])[] = [
  [
    'open, stat, close',
    async () => (await guarded.openFile(guarded.inside(root, name))).handle.close(),
    async () => {
      const handle = await open(join(root, name));
      await handle.stat();
      await handle.close();
    },
  ],
  [
    'write 10 kB, overwrite, no fsync',
    () => guarded.writeFile(guarded.inside(root, 'a/b/c/new'), text, { overwrite: true, sync: false }),
    () => writeFile(join(root, 'a/b/c/new'), text),
  ],
];
const text = 'x'.repeat(10_000);

const random = mulberry32(1);
for (const [what, own, bare] of pairs) {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const [first, second] = await samplePair(count, 1, [own, bare], random);
    // The first warms both up.
    if (round === 0) continue;
    ours.push(first.us);
    theirs.push(second.us);
  }
  const { median: times, low, high } = ratioOf(ours, theirs);
  const us = (values: readonly number[]): string => `${median(values).toFixed(0)} us`;
  console.log(
    `${what}: bulwark/path ${us(ours)}, node:fs ${us(theirs)} of CPU; ${times.toFixed(2)} times (${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
}

const judged = 20_000;
for (let index = 0; index < judged; index++) guarded.inside(root, name);
const before = process.cpuUsage();
for (let index = 0; index < judged; index++) guarded.inside(root, name);
const { user, system } = process.cpuUsage(before);
console.log(`inside: ${((user + system) / judged).toFixed(2)} us of CPU`);
await rm(root, { recursive: true, force: true });
