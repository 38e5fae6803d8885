/**
 * The gateway beside a bare node:http proxy that checks nothing, in turns and in the same run: `npx tsx
 * bench/gateway/gateway.ts [rounds]`. Requests each second, the proxy's CPU for one, and how long one takes.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Measured, plainRequests, tunnels } from './load.ts';

const rounds = Number(process.argv[2] ?? 15);
/** Bundled, as what a loader adds to every function would be measured too. */
const folder = mkdtempSync(fileURLToPath(new URL('./.bundle-', import.meta.url)));
const child = join(folder, 'child.mjs');
await build({
  entryPoints: [fileURLToPath(new URL('./child.ts', import.meta.url))],
  ...{
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: child,
    logLevel: 'error',
  },
  alias: {
    'bulwark/fetch/gateway': fileURLToPath(new URL('../../lib/fetch/gateway/index.ts', import.meta.url)),
  },
});
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

interface Contender {
  readonly name: string;
  readonly process: ChildProcess;
  readonly port: number;
}

interface Round {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
  readonly p50: number;
  readonly p99: number;
}

function ask(target: ChildProcess): Promise<Readonly<Record<string, number>>> {
  return new Promise((done) => target.once('message', (message) => done(message as Record<string, number>)));
}

async function start(name: string, origin?: number): Promise<Contender> {
  const started = fork(child, [name, String(origin)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { port = 0 } = await ask(started);
  return { name, process: started, port };
}

async function cpuOf({ process: target }: Contender): Promise<number> {
  const answer = ask(target);
  target.send('cpu');
  return (await answer)['cpu'] ?? 0;
}

async function measure(contender: Contender, load: () => Promise<Measured>): Promise<Round> {
  const before = await cpuOf(contender);
  const { latencies, seconds } = await load();
  const cpu = (await cpuOf(contender)) - before;
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  const count = latencies.length;
  return { perSecond: count / seconds, cpuMicroseconds: cpu / count, p50: at(0.5), p99: at(0.99) };
}

/** The mean, and how far from it 19 of 20 means would be. */
function mean(values: readonly number[]): { middle: number; spread: number } {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance =
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1);
  return { middle, spread: 2.15 * Math.sqrt(variance / values.length) };
}

const fields = ['perSecond', 'cpuMicroseconds', 'p50', 'p99'] as const;
const origin = await start('origin');
const contenders = [await start('bare', origin.port), await start('gateway', origin.port)];
const works = [
  { name: 'plain request', count: 3_000, load: plainRequests },
  { name: 'tunnel', count: 800, load: tunnels },
] as const;

console.log(`Node ${process.version}, ${rounds} rounds`);
console.log('| | proxy | each second | CPU, us | p50, ms | p99, ms |\n| --- | --- | --- | --- | --- | --- |');
for (const work of works) {
  const results = new Map(contenders.map(({ name }) => [name, [] as Round[]]));
  for (let round = -2; round < rounds; round++) {
    // The order changes, so that neither has the warmer machine. The first two rounds warm the code.
    const order = round % 2 === 0 ? contenders : [...contenders].reverse();
    for (const contender of order) {
      const measured = await measure(contender, () => work.load(contender.port, origin.port, work.count));
      if (round >= 0) results.get(contender.name)?.push(measured);
    }
  }
  for (const [name, list] of results) {
    const cells = fields.map((field) => {
      const { middle, spread } = mean(list.map((round) => round[field]));
      return `${middle.toPrecision(3)} +- ${spread.toPrecision(1)}`;
    });
    console.log(`| ${work.name} | ${name} | ${cells.join(' | ')} |`);
  }
  const [bare = [], gateway = []] = [...results.values()];
  const ratio = mean(
    gateway.map((round, i) => round.cpuMicroseconds / (bare[i]?.cpuMicroseconds ?? Number.NaN)),
  );
  console.log(
    `| ${work.name} | ratio of CPU | | ${ratio.middle.toFixed(2)} +- ${ratio.spread.toFixed(2)} | | |`,
  );
}
for (const { process: target } of [origin, ...contenders]) target.disconnect();
