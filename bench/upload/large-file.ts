/**
 * A file of 1 GB from a form into a folder: `uploads` with `diskStore`, beside @fastify/busboy into `createWriteStream`. Megabytes per second of CPU time,
 * and peak memory. Each contender has a process of its own, and the rounds alternate.
 *
 * bulwark also checks: limits, headers, name, extension and content of the file, and it writes a record and syncs. busboy checks nothing.
 *
 * npx tsx bench/upload/large-file.ts [--megabytes 1000] [--rounds 15] [--folder /dev/shm]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, ratioOf } from '../interval.ts';
import { inTurns } from '../turns.ts';
import { type ContenderName, type Round, serveRounds } from './contender.ts';

const [role, folder] = process.argv.slice(2);
if (role === 'bulwark' || role === 'busboy') serveRounds(role, folder);
else await measure();

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: {
      megabytes: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '15' },
      // Memory, so that the disk isn't what is measured.
      folder: { type: 'string', default: existsSync('/dev/shm') ? '/dev/shm' : tmpdir() },
    },
  });
  const bytes = Number(values.megabytes) * 1_000_000;
  const names = ['bulwark', 'busboy'] as const;
  const children = new Map<ContenderName, ChildProcess>();
  const rounds = new Map<ContenderName, Round[]>();
  /** Peak memory after a first file of 50 MB. */
  const warm = new Map<ContenderName, number>();
  try {
    for (const name of names) {
      const child = fork(fileURLToPath(import.meta.url), [name, values.folder], {
        execArgv: process.execArgv,
      });
      await once(child, 'message');
      children.set(name, child);
      rounds.set(name, []);
      warm.set(name, (await receive(child, 50_000_000)).peakMb);
    }
    await inTurns(Number(values.rounds), names, async (name) => {
      rounds.get(name)?.push(await receive(children.get(name) as ChildProcess, bytes));
    });
  } finally {
    for (const child of children.values()) child.disconnect();
  }
  const cpu = (name: ContenderName): number[] => (rounds.get(name) ?? []).map(({ cpuMs }) => cpuMs);
  for (const name of names) {
    const peak = rounds.get(name)?.at(-1)?.peakMb ?? 0;
    const speed = bytes / 1_000 / median(cpu(name));
    console.log(
      `${name}: ${speed.toFixed(0)} MB per second of CPU, peak ${peak.toFixed(0)} MB (${warm.get(name)?.toFixed(0)} after 50 MB)`,
    );
  }
  const { median: ratio, low, high } = ratioOf(cpu('busboy'), cpu('bulwark'));
  console.log(
    `throughput of bulwark / busboy: ${ratio.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
}

async function receive(child: ChildProcess, bytes: number): Promise<Round> {
  const answered = once(child, 'message');
  child.send(bytes);
  const [round] = (await answered) as [Round];
  if (round.bytes !== bytes) throw new Error(`${round.bytes} of ${bytes} bytes were received.`);
  return round;
}
