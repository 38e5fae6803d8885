/**
 * What a site with sessions costs with Bulwark and with the usual set: helmet, cors, express-rate-limit, express-session with
 * connect-redis, and csrf-csrf. CPU time of the server's process a request, its throughput, and Redis's CPU time a request.
 *
 * Each site is an Express application in a process of its own; the client is another one, and sends what Chromium and a proxy that
 * ends TLS send. Both sites have the same routes and answers, one Redis (`appendonly yes`) by node-redis, one limit by address counted in
 * memory, one listed CORS origin, `express.json()`, and the same argon2id hash. What differs is what the libraries ask for: csrf-csrf needs a cookie and a
 * token in a header, which the client got once before.
 *
 * Log-in is measured apart, with few requests: nearly all of its time is argon2id's.
 *
 * npx tsx bench/app/compare.ts [--rounds 21] [--requests 2000] [--log-ins 16] [--connections 16]
 * [--only POST] [--profile folder]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createClient } from 'redis';
import { startRedis } from '../../checks/machine/redis.ts';
import { passwords } from '../../lib/password/index.ts';
import { withBundle } from '../express/bundled.ts';
import { median, ratioOf } from '../interval.ts';
import { inTurns } from '../turns.ts';
import { type Case, casesOf, checkChanges, checkGuards } from './cases.ts';
import { password, Visitor } from './visitor.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '21' },
    requests: { type: 'string', default: '2000' },
    'log-ins': { type: 'string', default: '16' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
    profile: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const counts = { requests: Number(values.requests), logIns: Number(values['log-ins']) };
const visitorsOfEach = Number(values.connections);
const warmUp = 3;

interface Site {
  readonly name: string;
  readonly server: ChildProcess;
  readonly visitors: readonly Visitor[];
}

interface Series {
  readonly site: Site;
  readonly measured: Case;
  /** By round. */
  readonly us: number[];
  readonly perSecond: number[];
  readonly redisUs: number[];
}

async function start(file: string, name: string, redisUrl: string, storedHash: string): Promise<Site> {
  const server = fork(file, [name, redisUrl, storedHash], {
    execArgv: values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const port = await answer(server);
  const visitors = await Promise.all(
    Array.from({ length: visitorsOfEach }, (_, number) => Visitor.arrive(port, number)),
  );
  // A site whose guards are off would be cheap.
  await checkGuards(name, visitors[0] as Visitor);
  return { name, server, visitors };
}

async function ask(server: ChildProcess, what: 'collect' | 'cpu'): Promise<number> {
  server.send(what);
  return answer(server);
}

async function answer(server: ChildProcess): Promise<number> {
  const [said] = (await once(server, 'message', { signal: AbortSignal.timeout(30_000) })) as [number];
  return said;
}

const redis = await startRedis({ appendonly: 'yes' });
const asking = createClient({ url: redis.url });
await asking.connect();

/** User and system time of all of Redis's threads, in microseconds. */
async function redisCpu(): Promise<number> {
  const info = await asking.info('cpu');
  const of = (name: string): number => Number(new RegExp(`${name}:([\\d.]+)`).exec(info)?.[1]);
  return 1e6 * (of('used_cpu_user') + of('used_cpu_sys'));
}

async function measure({ site, measured, us, perSecond, redisUs }: Series, round: number): Promise<void> {
  const before = { server: await ask(site.server, 'collect'), redis: await redisCpu() };
  const started = performance.now();
  await measured.send();
  const ms = performance.now() - started;
  const after = { server: await ask(site.server, 'cpu'), redis: await redisCpu() };
  if (round < 0) return;
  us.push((after.server - before.server) / measured.count);
  perSecond.push((measured.count * 1_000) / ms);
  redisUs.push((after.redis - before.redis) / measured.count);
}

const storedHash = await passwords().hash(password);
const sites = await withBundle('../app/server.ts', (file) =>
  Promise.all(['bulwark', 'usual'].map((name) => start(file, name, redis.url, storedHash))),
);
const load = [loadavg()[0] as number];
try {
  const ofSites = sites.map((site) => {
    const cases = casesOf(site.visitors, counts).filter(({ name }) => name.includes(values.only));
    return { site, cases };
  });
  const all = (ofSites[0]?.cases ?? []).flatMap((_, index) =>
    ofSites.map(({ site, cases }): Series => {
      return { site, measured: cases[index] as Case, us: [], perSecond: [], redisUs: [] };
    }),
  );
  for (let warm = -warmUp; warm < 0; warm++) for (const one of all) await measure(one, warm);
  await inTurns(rounds, all, measure);
  // A site that answered with 200 and saved nothing has measured nothing.
  const posts = ofSites[0]?.cases.some(({ name }) => name.startsWith('POST')) ? counts.requests : 0;
  for (const { visitors } of sites) await checkChanges(visitors, (rounds + warmUp) * posts);
  load.push(loadavg()[0] as number);
  print(all);
} finally {
  for (const { server, visitors } of sites) {
    for (const visitor of visitors) visitor.close();
    server.disconnect();
  }
  asking.destroy();
  await redis.stop();
}

function print(all: readonly Series[]): void {
  const machine = `${cpus().length} cores, load ${load.map((one) => one.toFixed(1)).join(' to ')}`;
  console.log(
    `Node ${process.version}, ${machine}; ${rounds} rounds of ${counts.requests} requests and ${counts.logIns} log-ins, ` +
      `${visitorsOfEach} connections\n`,
  );
  console.log(
    'case                           CPU us a request        ratio  95 % interval      requests a second     Redis us a request',
  );
  console.log(`${' '.repeat(31)}bulwark     usual${' '.repeat(37)}bulwark   usual       bulwark   usual`);
  for (const name of new Set(all.map(({ measured }) => measured.name))) {
    const [own, peer] = all.filter(({ measured }) => measured.name === name) as [Series, Series];
    const ratio = ratioOf(own.us, peer.us);
    console.log(
      name.padEnd(28) +
        column(own.us, 10, 1) +
        column(peer.us, 10, 1) +
        `${ratio.median.toFixed(3).padStart(13)}  ${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)}` +
        column(own.perSecond, 11, 0) +
        column(peer.perSecond, 8, 0) +
        column(own.redisUs, 14, 1) +
        column(peer.redisUs, 8, 1),
    );
  }
}

function column(values: readonly number[], width: number, digits: number): string {
  return median(values).toFixed(digits).padStart(width);
}
