/**
 * What Bulwark costs an application of each framework on a small JSON answer, beside the bare framework and the packages that people
 * usually defend it with: CPU time of the server's process a request, each contender in a process of its own, in turns, and the client
 * in another process. `headers` is headers, context, nonce and limits; `sealed` and `store` add a session (in the cookie, or in a
 * store in memory), CSRF and CORS.
 *
 * npm ci --prefix bench/adapters/contenders --ignore-scripts
 * npx tsx bench/adapters/cost.ts [--only fastify,koa] [--levels headers,sealed,store] [--rounds 15] [--requests 3000] [--json]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { median, ratioOf } from '../interval.ts';
import { inTurns } from '../turns.ts';
import { withProgram } from './bundled.ts';
import { type Visitor, visitor } from './visitor.ts';

const frameworks = ['node', 'express', 'fastify', 'koa', 'hono', 'nest-express', 'nest-fastify'];
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: frameworks.join(',') },
    levels: { type: 'string', default: 'headers,sealed,store' },
    rounds: { type: 'string', default: '15' },
    requests: { type: 'string', default: '3000' },
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);

interface Measured {
  readonly name: string;
  readonly server: ChildProcess;
  readonly client: Visitor;
  /** Microseconds of CPU a request, by round. */
  readonly us: number[];
}

async function start(file: string, name: string, level: string): Promise<Measured> {
  const contender = name === 'bare' ? name : `${name} ${level}`;
  const profile =
    values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}/${contender}`];
  const env = { ...process.env, NODE_ENV: 'production' };
  const server = fork(file, [contender], {
    execArgv: profile,
    env,
  });
  return { name, server, client: await visitor(await told(server), level, name !== 'bare'), us: [] };
}

async function told(server: ChildProcess): Promise<number> {
  // A contender that ends tells nothing.
  const [said] = (await once(server, 'message', { signal: AbortSignal.timeout(60_000) })) as [number];
  return said;
}

async function cpu(server: ChildProcess): Promise<number> {
  server.send('cpu');
  return told(server);
}

/** No collection between rounds: it would throw away what the compiler knows, and measure how it learns that again. */
async function measure({ server, client, us }: Measured, round: number): Promise<void> {
  const before = await cpu(server);
  await client.send(requests);
  const after = await cpu(server);
  if (round >= 0) us.push((after - before) / requests);
}

async function compare(framework: string, level: string, file: string): Promise<void> {
  const all: Measured[] = [];
  try {
    for (const name of ['bare', 'usual', 'bulwark']) all.push(await start(file, name, level));
    // Warm: the compiler is done with what a request runs.
    for (let warm = -4; warm < 0; warm++) for (const one of all) await measure(one, warm);
    await inTurns(rounds, all, measure);
  } finally {
    for (const { server, client } of all) {
      client.close();
      server.disconnect();
    }
  }
  const [bare, usual, bulwark] = all as [Measured, Measured, Measured];
  const more = (one: Measured): number => median(one.us.map((us, round) => us - (bare.us[round] as number)));
  const share = median(
    bulwark.us.map(
      (us, round) =>
        (us - (bare.us[round] as number)) / ((usual.us[round] as number) - (bare.us[round] as number)),
    ),
  );
  const rate = ratioOf(bare.us, bulwark.us);
  const row = {
    framework,
    level,
    bare: median(bare.us),
    usual: more(usual),
    bulwark: more(bulwark),
    ofUsual: share,
    ofBare: rate.median,
    low: rate.low,
    high: rate.high,
  };
  if (values.json) console.log(JSON.stringify(row));
  else {
    const number = (value: number, digits = 1): string => value.toFixed(digits).padStart(9);
    console.log(
      `${framework.padEnd(14)}${level.padEnd(9)}${number(row.bare)}${number(row.usual)}${number(row.bulwark)}${number(share, 2)}${number(rate.median, 3)}   ${rate.low.toFixed(3)} to ${rate.high.toFixed(3)}`,
    );
  }
}

if (!values.json) {
  console.log(
    `Node ${process.version}, ${rounds} rounds of ${requests} requests, 16 connections; CPU in us a request\n`,
  );
  console.log('framework     level         bare   +usual +bulwark of usual  of bare   95 % interval');
}
for (const framework of values.only.split(',')) {
  await withProgram(framework, async (file) => {
    for (const level of values.levels.split(',')) await compare(framework, level, file);
  });
}
