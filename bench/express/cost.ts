/**
 * What `bulwark()` costs an Express application on a small JSON answer: CPU time of the server's process a request, each
 * contender in a process of its own, in turns, and the client in another process.
 *
 * npx tsx bench/express/cost.ts [--rounds 21] [--requests 4000] [--helmet /path/to/helmet/index.mjs]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { median, ratioOf } from '../interval.ts';
import { inTurns } from '../turns.ts';
import { withBundle } from './bundled.ts';
import { contenders } from './contenders.ts';
import { connections } from './requests.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    requests: { type: 'string', default: '4000' },
    helmet: { type: 'string', default: '' },
  },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);

interface Contender {
  readonly name: string;
  readonly server: ChildProcess;
  readonly client: Awaited<ReturnType<typeof connections>>;
  /** Microseconds of CPU a request, by round. */
  readonly us: number[];
}

async function start(file: string, name: string): Promise<Contender> {
  const server = fork(file, [name, values.helmet], { execArgv: [] });
  return { name, server, client: await connections(await answer(server), 16), us: [] };
}

async function ask(server: ChildProcess, what: 'collect' | 'cpu'): Promise<number> {
  server.send(what);
  return answer(server);
}

async function answer(server: ChildProcess): Promise<number> {
  const [said] = (await once(server, 'message', { signal: AbortSignal.timeout(30_000) })) as [number];
  return said;
}

async function measure({ server, client, us }: Contender, round: number): Promise<void> {
  const before = await ask(server, 'collect');
  await client.send(requests);
  const after = await ask(server, 'cpu');
  if (round >= 0) us.push((after - before) / requests);
}

const all = await withBundle('./server.ts', (file) =>
  Promise.all(Object.keys(contenders(values.helmet)).map((name) => start(file, name))),
);
try {
  // Warm: the compiler is done with what a request runs.
  for (let warm = -3; warm < 0; warm++) for (const one of all) await measure(one, warm);
  await inTurns(rounds, all, measure);
} finally {
  for (const { server, client } of all) {
    client.close();
    server.disconnect();
  }
}

console.log(`Node ${process.version}, ${rounds} rounds of ${requests} requests, 16 connections\n`);
console.log('contender   us a request   throughput   95 % interval   us more');
const bare = all.find(({ name }) => name === 'bare') as Contender;
for (const { name, us } of all) {
  const rate = ratioOf(bare.us, us);
  const more = median(us.map((value, round) => value - (bare.us[round] as number)));
  const against =
    name === 'bare'
      ? ''
      : `${rate.median.toFixed(3).padStart(13)}   ${rate.low.toFixed(3)} to ${rate.high.toFixed(3)}${more.toFixed(1).padStart(10)}`;
  console.log(`${name.padEnd(10)}${median(us).toFixed(1).padStart(14)}${against}`);
}
