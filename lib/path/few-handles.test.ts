import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

interface Result {
  readonly outcomes: readonly string[];
  readonly written: readonly string[];
  readonly text: string;
  readonly leaked: readonly string[];
}

let root = '';

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-path-')));
  await mkdir(join(root, 'a/b/c'), { recursive: true });
  await writeFile(join(root, 'a/b/c/file'), 'inside');
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A process of its own, since it takes all the handles that it may have. */
const script = (index: string): string => `
  import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
  import { execFileSync } from 'node:child_process';
  const { inside, readText, writeFile } = await import(${JSON.stringify(index)});
  execFileSync('prlimit', ['--pid', String(process.pid), '--nofile=60']); // only now: modules are loaded many at once
  const [file, other] = [inside(process.env.ROOT, 'a/b/c/file'), inside(process.env.ROOT, 'a/b/c/other')];
  const target = (fd) => { try { return readlinkSync('/proc/self/fd/' + fd); } catch { return ''; } };
  const own = () => readdirSync('/proc/self/fd').map(target).filter((path) => path.startsWith(process.env.ROOT));
  const [outcomes, written] = [[], []];
  for (let free = 0; free < 8; free++) {
    const taken = [];
    try { for (;;) taken.push(openSync('/dev/null')); } catch {}
    for (let index = 0; index < free; index++) closeSync(taken.pop());
    for (const work of [() => readText(file), () => writeFile(other, 'x' + free, { overwrite: true })])
      outcomes.push(await work().then(() => 'done', ({ code }) => code));
    for (const handle of taken) closeSync(handle);
    written.push((await readText(other).catch(() => '')) === 'x' + free ? 'done' : 'EMFILE');
  }
  console.log(JSON.stringify({ outcomes, written, text: await readText(file), leaked: own() }));
`;

it('fails with EMFILE when handles run out, leaks none, and recovers', async () => {
  const index = new URL('./index.ts', import.meta.url).href;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script(index)];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, ROOT: root },
  });
  const { outcomes, written, text, leaked } = JSON.parse(stdout) as Result;
  expect(new Set(outcomes)).toEqual(new Set(['EMFILE', 'done']));
  expect(outcomes.slice(0, 2)).toEqual(['EMFILE', 'EMFILE']);
  expect(outcomes.slice(-2)).toEqual(['done', 'done']);
  // A write that failed wrote nothing.
  expect(written).toEqual(outcomes.filter((_, index) => index % 2 === 1));
  expect([text, leaked]).toEqual(['inside', []]);
});
