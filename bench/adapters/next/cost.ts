/**
 * What Bulwark adds to a route handler and to a page of Next.js, beside what people usually defend it with: @nosecone/next and
 * @edge-csrf/nextjs in the proxy, iron-session in the handler. All have headers, a policy with a nonce, a session in a cookie, and CSRF. CPU time of
 * the server's process a request, in turns, each contender in a process of its own. One request in four is a POST, where there is a session.
 * An empty proxy shows what Next.js spends on calling one, which no library can save: the floor of the other two proxies.
 *
 * npm ci --prefix bench/adapters/next --ignore-scripts
 * npx tsx bench/adapters/next/cost.ts --build [--rounds 15] [--requests 200]
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { median } from '../../interval.ts';
import { inTurns } from '../../turns.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    requests: { type: 'string', default: '200' },
    build: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);
const dir: string = import.meta.dirname;

/** A build, and the routes of it that are asked for. */
const contenders = [
  { name: 'bare', proxy: '', routes: 'bare' },
  { name: 'empty proxy', proxy: 'empty', routes: 'bare' },
  { name: 'usual', proxy: 'usual', routes: 'usual' },
  { name: 'bulwark, proxy', proxy: 'bulwark', routes: 'bulwark' },
  { name: 'bulwark, server', proxy: '', routes: 'bulwark', served: true },
] as const;

type Answer = Awaited<ReturnType<typeof ask>>;

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function ask(port: number, path: string, method: string, headers: Readonly<Record<string, string>>) {
  return new Promise<{ status: number; cookies: readonly string[]; csrf: string | undefined }>(
    (resolve, reject) => {
      const sent = {
        Host: 'shop.example.com',
        'Sec-Fetch-Site': 'same-origin',
        ...headers,
      };
      request({ host: '127.0.0.1', port, path, method, agent, headers: sent }, (res) => {
        res.resume().on('end', () => {
          const cookies = (res.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
          resolve({
            status: res.statusCode ?? 0,
            cookies,
            csrf: res.headers['x-csrf-token'] as string | undefined,
          });
        });
      })
        .on('error', reject)
        .end();
    },
  );
}

interface Running {
  readonly name: string;
  readonly server: ChildProcess;
  readonly port: number;
  readonly routes: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly us: Record<string, number[]>;
}

async function start(contender: (typeof contenders)[number], program: string): Promise<Running> {
  const out = `out/${contender.proxy || 'bare'}`;
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    BULWARK_NEXT_OUT: out,
  };
  const server = fork(program, [dir, 'served' in contender ? 'served' : ''], { cwd: dir, env });
  const [port] = (await once(server, 'message')) as [number];
  const { routes } = contender;
  // A first visit, for the token of the usual library, and a log-in.
  const visit = await ask(port, `/api/${routes}`, 'GET', {});
  const first: Record<string, string> = { Origin: 'https://shop.example.com' };
  if (visit.csrf !== undefined) first['X-CSRF-Token'] = visit.csrf;
  if (visit.cookies.length > 0) first['Cookie'] = visit.cookies.join('; ');
  const logIn = await ask(port, `/api/${routes}`, 'POST', first);
  if (logIn.status !== 200) throw new Error(`${contender.name} answers the log-in with ${logIn.status}`);
  const headers = { ...first, Cookie: [...visit.cookies, ...logIn.cookies].join('; ') };
  return { name: contender.name, server, port, routes, headers, us: { handler: [], page: [] } };
}

async function cpuOf({ server }: Running): Promise<number> {
  server.send('cpu');
  const [{ user, system }] = (await once(server, 'message')) as [NodeJS.CpuUsage];
  return user + system;
}

async function load(one: Running, kind: string, count: number): Promise<void> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const method = kind === 'handler' && left % 4 === 0 ? 'POST' : 'GET';
      const path = kind === 'handler' ? `/api/${one.routes}` : `/page/${one.routes}`;
      const { status }: Answer = await ask(one.port, path, method, one.headers);
      if (status !== 200) throw new Error(`${one.name} answers ${method} ${path} with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

for (const proxy of ['', 'empty', 'usual', 'bulwark']) {
  if (!values.build && existsSync(join(dir, 'out', proxy || 'bare', 'BUILD_ID'))) continue;
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  execFileSync(process.execPath, [join(dir, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: dir,
    env: { ...env, BULWARK_NEXT_PROXY: proxy, BULWARK_NEXT_OUT: `out/${proxy || 'bare'}` },
  });
}
const program = join(dir, 'out/server.mjs');
await build({
  ...{ entryPoints: [join(dir, 'server.ts')], outfile: program, bundle: true },
  ...{ platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' },
});

const running: Running[] = [];
for (const contender of contenders) running.push(await start(contender, program));
for (const kind of ['handler', 'page']) {
  for (const one of running) await load(one, kind, 300);
  await inTurns(rounds, running, async (one) => {
    const before = await cpuOf(one);
    await load(one, kind, requests);
    one.us[kind]?.push((await cpuOf(one)) - before);
  });
}
console.log(
  `Node ${process.version}, ${rounds} rounds of ${requests} requests; CPU in us a request, median of what is added\n`,
);
for (const kind of ['handler', 'page']) {
  const costs = new Map(
    running.map(({ name, us }) => [name, (us[kind] ?? []).map((sum) => sum / requests)] as const),
  );
  const bare = costs.get('bare') ?? [];
  const over = (us: readonly number[], base: readonly number[]): number[] =>
    us.map((each, round) => each - (base[round] ?? 0));
  const share = (us: readonly number[], base: readonly number[]): string => {
    const usual = over(costs.get('usual') ?? [], base);
    return median(over(us, base).map((each, round) => each / (usual[round] ?? 1))).toFixed(2);
  };
  console.log(`${kind.padEnd(8)} ${'bare'.padEnd(16)} ${median(bare).toFixed(0).padStart(6)}`);
  for (const { name, proxy } of contenders.slice(1)) {
    const us = costs.get(name) ?? [];
    const added = median(over(us, bare)).toFixed(0).padStart(5);
    const floor = costs.get('empty proxy') ?? [];
    const above = proxy === 'bulwark' ? `, ${share(us, floor)} above the empty proxy` : '';
    console.log(`${kind.padEnd(8)} ${name.padEnd(16)} +${added}   ${share(us, bare)} of usual${above}`);
  }
}
for (const { server } of running) server.disconnect();
agent.destroy();
