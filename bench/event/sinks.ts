/**
 * The CPU time of one refusal with each sink of the network in trouble, the sink's own work included: a receiver that
 * answers, one that hangs, one that fails, one that is away. Every refusal is one of its own, from 100,000 clients, 20 a
 * turn of the loop; of a round's, 5,000 are written and the rest is counted. Fifteen interleaved rounds; median and 95 %
 * interval of the median. The receivers are a process of their own.
 *
 * npx tsx bench/event/sinks.ts [refusals a round]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { configureEvents, otlpSink, type Sink, syslogSink, webhookSink } from '../../lib/event/index.ts';
import { refuse } from '../../lib/internal/refuse.ts';
import { deny } from '../../lib/refusal/decision.ts';
import { withRequest } from '../../lib/request/context.ts';
import { median } from '../interval.ts';

const rounds = 15;
const perRound = Number(process.argv[2] ?? 10_000);

if (process.send) await receive(process.send.bind(process));
else await measure();

/** Answers by the path: /ok, /hang, /fail; and a port for syslog. */
async function receive(tell: (ports: number[]) => void): Promise<void> {
  const http = createServer((request, response) => {
    request.resume();
    if (request.url?.startsWith('/hang')) return;
    request.on('end', () => response.writeHead(request.url?.startsWith('/fail') ? 500 : 200).end());
  });
  const syslog = createSocketServer((socket) => void socket.on('error', () => {}).resume());
  const deaf = createSocketServer({ pauseOnConnect: true }, (socket) => void socket.on('error', () => {}));
  const servers = [http, syslog, deaf];
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
  tell(servers.map((server) => (server.address() as AddressInfo).port));
}

async function measure(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'] });
  const [[http, syslog, deaf]] = (await once(child, 'message')) as [[number, number, number]];
  const url = (path: string): string => `http://127.0.0.1:${http}/${path}`;
  const tcp = (port: number): Sink =>
    syslogSink({ host: '127.0.0.1', port, protocol: 'tcp', timeoutMs: 100 });
  const threshold = { count: 1, windowMs: 60_000 };
  const post = { fetch, timeoutMs: 100 };
  const cases: Readonly<Record<string, () => Sink[]>> = {
    'no sink': () => [],
    'otlp, answers': () => [otlpSink({ ...post, url: url('ok') })],
    'otlp, hangs': () => [otlpSink({ ...post, url: url('hang') })],
    'otlp, fails': () => [otlpSink({ ...post, url: url('fail') })],
    'webhook, answers': () => [webhookSink({ ...post, url: url('ok'), threshold })],
    'webhook, hangs': () => [webhookSink({ ...post, url: url('hang'), threshold })],
    'webhook, fails': () => [webhookSink({ ...post, url: url('fail'), threshold })],
    'syslog tcp, answers': () => [tcp(syslog)],
    'syslog tcp, reads nothing': () => [tcp(deaf)],
    'syslog tcp, is away': () => [tcp(1)],
    'all three, hanging': () => [
      otlpSink({ ...post, url: url('hang') }),
      webhookSink({ ...post, url: url('hang') }),
      tcp(deaf),
    ],
  };
  process.removeAllListeners('warning');
  process.on('warning', () => {});
  const times = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, sinks] of Object.entries(cases)) {
      const recorder = configureEvents({ sinks: sinks(), sinkTimeoutMs: 200 });
      const start = process.cpuUsage();
      for (let i = 0; i < perRound; i++) {
        refused(round * perRound + i);
        if (i % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      const { user, system } = process.cpuUsage(start);
      await recorder.close();
      // The first rounds warm up.
      if (round >= 0) times.get(name)?.push((user + system) / perRound);
    }
  }
  child.kill();
  for (const [name, all] of times) {
    const sorted = all.toSorted((a, b) => a - b);
    const at = (i: number): string => (sorted[i] ?? Number.NaN).toFixed(1);
    // Order statistics 4 and 12 of 15 enclose the median with 96 % confidence.
    console.log(`${name.padEnd(28)} ${median(all).toFixed(1).padStart(6)} us   (${at(3)} to ${at(11)})`);
  }
}

function refused(i: number): void {
  const n = Math.abs(i) % 100_000;
  const client = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
  withRequest({ method: 'POST', route: '/preview', client }, () => {
    try {
      refuse(
        deny('fetch/private-address', { host: `h${i}.example`, address: '10.0.0.5', rule: '10.0.0.0/8' }),
      );
    } catch {
      // That is the refusal.
    }
  });
}
