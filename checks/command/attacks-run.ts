/** Runs attacks without a network: through plain execFile, and through `commands`. Prints what each did, as JSON. */
import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { args, commands } from 'bulwark/command';
import { git } from '../../lib/command/program/git.ts';
import { image, imageCoders, media, type mediaDemuxers } from '../../lib/command/program/typed-file.ts';
import { inside } from '../../lib/path/index.ts';
import { isRefusal } from '../../lib/refusal/is-refusal.ts';
import { Misuse } from '../../lib/refusal/misuse.ts';
import { corpora } from './attacks-all.ts';
import { effectsOn, listing, makeBase, makeBox, remove } from './attacks-box.ts';
import type { Attack, AttackValue, Box, FileOf } from './attacks-kind.ts';

export interface Report {
  readonly index: number;
  readonly program: string;
  readonly because: string;
  readonly content: boolean;
  readonly control: readonly string[];
  readonly guarded: readonly string[];
  /** The code of the refusal or misuse; `ran` or `failed` where the program was started. */
  readonly outcome: string;
}

const programs: Readonly<Record<string, string>> = {
  git: '/usr/bin/git',
  tar: '/usr/bin/tar',
  zip: '/usr/bin/zip',
  unzip: '/usr/bin/unzip',
  rsync: '/usr/bin/rsync',
  find: '/usr/bin/find',
  grep: '/usr/bin/grep',
  sort: '/usr/bin/sort',
  curl: '/usr/bin/curl',
  ssh: '/usr/bin/ssh',
  magick: '/usr/bin/magick',
  gs: '/usr/bin/gs',
  ffmpeg: '/usr/bin/ffmpeg',
  ffprobe: '/usr/bin/ffprobe',
};

const timeoutMs = 5_000;
const run = commands(programs, { timeoutMs, maxOutputBytes: 1_000_000 });
const pushed = commands(
  { git: { path: '/usr/bin/git', rules: git({ hosts: ['github.com', 'example.com'] }) } },
  { timeoutMs },
);

/** The texts and files that stand in one place. */
function itemsOf(value: AttackValue, box: Box): readonly (string | FileOf)[] {
  const made = typeof value === 'function' ? value(box) : value;
  if (typeof made === 'string' || 'file' in made) return [made];
  return made.flatMap((item) => itemsOf(item, box));
}

function isList(value: AttackValue, box: Box): boolean {
  const made = typeof value === 'function' ? value(box) : value;
  return typeof made !== 'string' && !('file' in made);
}

/** Plain code: the words, and the values as they came. Files are named as a list of the folder names them. */
async function plainly(attack: Attack, box: Box): Promise<string> {
  const cwd = join(box.work, attack.cwd ?? '');
  const words: string[] = [];
  attack.strings.forEach((part, index) => {
    const pieces = part.split(/ +/);
    const first = pieces.shift() ?? '';
    if (index === 0) words.push(first);
    else words[words.length - 1] += first;
    words.push(...pieces);
    const value = attack.values[index];
    if (value === undefined) return;
    const texts = itemsOf(value, box).map((item) => {
      if (typeof item === 'string') return item;
      return attack.cwd === undefined ? item.file : item.file.replace(`${attack.cwd}/`, '');
    });
    words[words.length - 1] += texts.shift() ?? '';
    words.push(...texts);
  });
  const file = programs[attack.program] ?? '';
  const { GIT_CONFIG_GLOBAL: _, ...inherited } = process.env;
  const child = spawn(
    file,
    words.filter((word) => word !== ''),
    {
      cwd,
      env: { ...inherited, HOME: box.work, GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const timer = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, timeoutMs);
  child.stdin.on('error', () => undefined).end();
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  clearTimeout(timer);
  return stdout + stderr;
}

function guardedValue(value: string | FileOf, box: Box): unknown {
  if (typeof value === 'string') return value;
  const path = inside(box.work, value.file);
  if (value.type === undefined) return path;
  return Object.hasOwn(imageCoders, value.type)
    ? image(value.type as keyof typeof imageCoders, path)
    : media(value.type as keyof typeof mediaDemuxers, path);
}

async function guardedly(
  attack: Attack,
  box: Box,
  root: string,
): Promise<{ readonly output: string; readonly outcome: string }> {
  try {
    const { strings, values: given } = attack.ours ?? attack;
    const values = given.map((value) => {
      const items = itemsOf(value, box).map((item) => guardedValue(item, box));
      return isList(value, box) ? args.each(items as never) : items[0];
    });
    const tags = (attack.program === 'git' ? pushed : run) as Record<string, (typeof run)[string]>;
    const cwd = inside(root, join('work', attack.cwd ?? ''));
    const tag = tags[attack.program]?.({ cwd, allowExitCodes: [0, 1, 2, 128] });
    const { stdout, stderr } = (await tag?.(strings, ...(values as never[]))) ?? {
      stdout: '',
      stderr: '',
    };
    return { output: stdout + stderr, outcome: 'ran' };
  } catch (error) {
    if (isRefusal(error) || error instanceof Misuse)
      return { output: '', outcome: (error as { code: string }).code };
    const failed = error as { message: string; stderr?: string; name: string };
    return {
      output: `${failed.message}${failed.stderr ?? ''}`,
      outcome: `failed: ${failed.name} ${failed.message.slice(0, 80)}`,
    };
  }
}

interface Input {
  /** Of each corpus, every first, second, or nth attack. */
  readonly runs: readonly { readonly corpus: keyof typeof corpora; readonly every: number }[];
  /** One attack by its number, with what it printed on standard error. */
  readonly only?: number;
}

async function main(): Promise<void> {
  const { runs, only } = JSON.parse(await text(process.stdin)) as Input;
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('data', () => socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'));
    // Some protocols wait for the server to speak first.
    socket.write('');
    setTimeout(() => socket.destroy(), 300).unref();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const base = makeBase();
  const reports: Report[] = [];
  const chosen = runs.flatMap(({ corpus, every }) =>
    [...corpora[corpus].entries()].filter(([index]) =>
      only === undefined ? index % every === 0 : index === only,
    ),
  );
  for (const [index, attack] of chosen) {
    const tried = async (guarded: boolean) => {
      const made = makeBox(base, port, attack.program === 'git' || attack.cwd !== undefined);
      try {
        attack.prepare?.(made.box);
        const before = listing(made.root);
        const start = connections;
        const { output, outcome } = guarded
          ? await guardedly(attack, made.box, made.root)
          : { output: await plainly(attack, made.box), outcome: '' };
        // The server hears of a connection after the program that made it has ended.
        await new Promise((done) => setTimeout(done, 5));
        return { effects: effectsOn(made, before, output, connections - start), outcome, output };
      } finally {
        remove(made.root);
      }
    };
    const control = await tried(false);
    const guard = await tried(true);
    if (only !== undefined)
      process.stderr.write(`${control.output.slice(0, 1_500)}\n---\n${guard.output.slice(0, 1_500)}\n`);
    const { program, because, content } = attack;
    reports.push({
      index,
      program,
      because,
      content,
      control: control.effects,
      guarded: guard.effects,
      outcome: guard.outcome,
    });
  }
  for (const socket of sockets) socket.destroy();
  server.close();
  remove(base);
  process.stdout.write(JSON.stringify(reports));
}

await main();
