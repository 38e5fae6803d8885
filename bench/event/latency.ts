/**
 * What a client waits for the answer to a refused request, with each sink of the network in trouble, beside no sink: p50
 * and p99 of each round, medians over the rounds and their 95 % intervals, in microseconds, and what is more than without
 * a sink in the same round. The client is a process of its own and asks on four connections at once, as often as it is
 * answered; each request is a refusal of its own. Interleaved rounds.
 *
 * npx tsx bench/event/latency.ts [--requests 2000] [--rounds 15] [--only otlp]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { configureEvents } from '../../lib/event/index.ts';
import { collector, inTurns } from '../turns.ts';
import { column } from './column.ts';
import { startReceivers } from './receivers.ts';
import { refused } from './refused.ts';
import { sinkCases } from './sink-cases.ts';

interface Load {
  readonly port: number;
  readonly requests: number;
}
/** In microseconds. */
interface Waits {
  readonly p50: number;
  readonly p99: number;
}

const lanes = 4;
const warmUp = 2;

if (process.send) serveLoad(process.send.bind(process));
else await measure();

/** The client: answers each order with the waits. */
function serveLoad(tell: (waits: Waits) => void): void {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const ask = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      get({ host: '127.0.0.1', port, agent }, (response) => {
        response.resume().once('end', () => resolve((performance.now() - start) * 1_000));
      }).once('error', reject);
    });
  process.on('message', async ({ port, requests }: Load) => {
    const waits: number[] = [];
    let left = requests;
    const lane = async (): Promise<void> => {
      while (left-- > 0) waits.push(await ask(port));
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    waits.sort((a, b) => a - b);
    const at = (share: number): number => waits[Math.floor(share * waits.length)] as number;
    tell({ p50: at(0.5), p99: at(0.99) });
  });
  process.once('disconnect', () => process.exit());
}

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '15' },
      only: { type: 'string', default: '' },
    },
  });
  const requests = Number(values.requests);
  const rounds = Number(values.rounds);
  process.removeAllListeners('warning').on('warning', () => {});
  let next = 0;
  const server = createServer((_, response) => {
    refused(next++);
    response.writeHead(400).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const client: ChildProcess = fork(fileURLToPath(import.meta.url), { execArgv: process.execArgv });
  const { ports, child: receivers } = await startReceivers();
  const collect = collector();
  const cases = sinkCases(ports).filter(({ name }) => name === 'no sink' || name.includes(values.only));
  const taken = new Map(cases.map(({ name }) => [name, [] as Waits[]]));
  await inTurns(warmUp + rounds, cases, async ({ name, options }, round) => {
    collect();
    const recorder = configureEvents(options());
    client.send({ port, requests } satisfies Load);
    const [waits] = (await once(client, 'message')) as [Waits];
    await recorder.close();
    if (round >= warmUp) taken.get(name)?.push(waits);
  });
  client.kill();
  receivers.kill();
  server.close();
  server.closeAllConnections();

  const title = ['p50', 'p50 more', 'p99', 'p99 more'].map((name) => name.padEnd(25)).join('');
  console.log(`${''.padEnd(28)}${title}`.trimEnd());
  const without = taken.get('no sink') as Waits[];
  for (const [name, all] of taken) {
    const columns = (['p50', 'p99'] as const).flatMap((which) => [
      column(
        all.map((waits) => waits[which]),
        0,
      ),
      column(
        all.map((waits, i) => waits[which] - (without[i] as Waits)[which]),
        0,
      ),
    ]);
    console.log(`${name.padEnd(28)}${columns.join('')}`.trimEnd());
  }
}
