/**
 * A thousand log-ins at once over HTTP, beside a bare loop of @node-rs/argon2 at the same concurrency: verifications a second,
 * how often each log-in came back as Retry-After said, the server's memory, and the delay of its event loop. The client
 * is a process of its own, and so is the server; both have handled 400 log-ins before. The loop runs before and after each flood.
 *
 * npx tsx bench/password/log-ins.ts [--log-ins 1000] [--rounds 3]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { verify } from '@node-rs/argon2';
import { passwords } from '../../lib/password/index.ts';
import { median } from '../interval.ts';
import { type Served, sendLogIns } from './log-in-client.ts';
import { concurrency, type ServerReport, serveLogIns, sharedPassword } from './log-in-server.ts';

const [role] = process.argv.slice(2);
if (role === 'server') await serveLogIns();
else if (role === 'client') sendLogIns();
else await measure();

function start(as: 'server' | 'client'): ChildProcess {
  return fork(fileURLToPath(import.meta.url), [as], { execArgv: process.execArgv });
}

/** Verifications a second of the library alone. */
async function bareLoop(stored: string, count: number): Promise<number> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await verify(stored, sharedPassword);
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, lane));
  return (count * 1_000) / (performance.now() - started);
}

async function flood(logIns: number): Promise<{ served: Served; report: ServerReport }> {
  const server = start('server');
  const client = start('client');
  try {
    const [port] = (await once(server, 'message')) as [number];
    client.send({ port, logIns });
    const [served] = (await once(client, 'message')) as [Served];
    server.send('report');
    const [report] = (await once(server, 'message')) as [ServerReport];
    return { served, report };
  } finally {
    server.kill();
    client.kill();
  }
}

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: { 'log-ins': { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' } },
  });
  const logIns = Number(values['log-ins']);
  const stored = await passwords().hash(sharedPassword);
  await bareLoop(stored, 100);
  console.log(`load ${loadavg()[0]?.toFixed(2)}, ${concurrency} at once, ${logIns} log-ins`);
  const shares: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const before = await bareLoop(stored, 300);
    const { served, report } = await flood(logIns);
    const bare = (before + (await bareLoop(stored, 300))) / 2;
    const perSecond = (served.ok * 1_000) / served.ms;
    shares.push(perSecond / bare);
    console.log(
      `${perSecond.toFixed(0)}/s of ${bare.toFixed(0)}/s bare (${(perSecond / bare).toFixed(2)}); ` +
        `${served.ok} served, after retries ${JSON.stringify(served.retries)}, ${served.failed} not; ` +
        `peak memory ${report.peakMb.toFixed(0)} MB; event loop p99 ${report.p99Ms.toFixed(1)} ms, most ${report.maxMs.toFixed(1)} ms`,
    );
  }
  console.log(`share of the bare loop, median of the rounds: ${median(shares).toFixed(2)}`);
}
