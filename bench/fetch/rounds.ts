/** The part of cost.ts that runs in a sealed network: only its own server can be reached. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { collector, inTurns, sample } from '../turns.ts';
import { contenders } from './contenders.ts';

export interface RoundsPlan {
  readonly rounds: number;
  readonly requests: number;
  /** Only contenders whose name or bare client has this in it. */
  readonly only: string;
  /** `/close` ends the connection after the answer. */
  readonly path: string;
}

/** Microseconds of CPU a request, one value for each round. */
export type RoundsReport = Readonly<
  Record<string, { readonly bare: string; readonly us: readonly number[] }>
>;

async function main(): Promise<void> {
  if (process.argv[2] === 'server') return serve();
  const { rounds, requests, only, path } = await readPlan();
  const url = `http://bench.example${path}`;
  // A process of its own, so that only the client's time is counted.
  const server = fork(new URL(import.meta.url), ['server'], { execArgv: process.execArgv });
  await once(server, 'message');
  const collect = collector();
  const measured = contenders().filter(({ name, bare }) => `${name} ${bare}`.includes(only));
  const report: Record<string, { bare: string; us: number[] }> = {};
  for (const { name, bare, get } of measured) {
    report[name] = { bare, us: [] };
    for (let i = 0; i < requests; i++) await get(url);
  }
  await inTurns(rounds, measured, async ({ name, get }) => {
    await get(url);
    collect();
    const { us } = await sample(requests, 1, () => get(url));
    report[name]?.us.push(us);
    if (name === measured[0]?.name) process.stderr.write('.');
  });
  server.kill();
  process.stdout.write(JSON.stringify(report), () => process.exit());
}

function serve(): void {
  const body = 'x'.repeat(1_024);
  const server = createServer((request, response) => {
    response.shouldKeepAlive = request.url !== '/close';
    response.end(body);
  });
  server.keepAliveTimeout = 600_000;
  server.listen(80, '93.184.215.14', () => process.send?.('listening'));
}

async function readPlan(): Promise<RoundsPlan> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
  return JSON.parse(text) as RoundsPlan;
}

await main();
