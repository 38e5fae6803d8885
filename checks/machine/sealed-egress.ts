/**
 * A sealed program: loads rules of a packet filter and tries real sockets as two accounts, the application and another.
 * It reads a `SealedEgressPlan` and writes a `SealedEgressReport`. It needs root, as it becomes these accounts.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Account } from './account.ts';

/** `tcp 192.0.2.1 4750`, `udp ::1 53` or `icmp 192.0.2.1 0`. */
export type Attempt = `${'tcp' | 'udp' | 'icmp'} ${string} ${number}`;

export interface SealedEgressPlan {
  /** The program that takes `rules` on standard input, and what prints what is loaded. */
  readonly load: readonly string[];
  readonly rules: string;
  readonly list: readonly (readonly string[])[];
  readonly app: Account;
  readonly other: Account;
  readonly attempts: readonly Attempt[];
  /** Where the application is connected to while the rules are loaded. */
  readonly kept: { readonly address: string; readonly port: number };
}

/** For each attempt `reached`, or the code of the error. */
type Outcomes = Readonly<Record<Attempt, string>>;

export interface SealedEgressReport {
  readonly before: Outcomes;
  readonly app: Outcomes;
  readonly other: Outcomes;
  /** What is loaded after the first and after the second time. */
  readonly loaded: readonly [string, string];
  /** What became of the connection that was open before. */
  readonly kept: string;
  /** What the other account got of a server that the application runs. */
  readonly inbound: string;
}

type Order =
  | { readonly attempts: readonly Attempt[] }
  | { readonly open: SealedEgressPlan['kept'] }
  | 'write'
  | 'serve';

const served = 8_000;
/** Longer than any answer on loopback takes, so that silence is told from slowness. */
const patience = 10_000;

async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const plan = JSON.parse(Buffer.concat(chunks).toString()) as SealedEgressPlan;
  writeFileSync('/proc/sys/net/ipv4/ping_group_range', '0 2147483647');
  await serve(plan.attempts);
  const [app, other] = await Promise.all([become(plan.app), become(plan.other)]);
  const before = (await ask(app, { attempts: plan.attempts })) as Outcomes;
  await ask(app, { open: plan.kept });
  const load = (): string => {
    const [program = '', ...args] = plan.load;
    execFileSync(program, args, { input: plan.rules, stdio: ['pipe', 'pipe', 'pipe'] });
    return plan.list.map(([name = '', ...rest]) => execFileSync(name, rest, { encoding: 'utf8' })).join('');
  };
  const loaded: [string, string] = [load(), load()];
  // First: what the server sent meanwhile would make it the side that conntrack sees first.
  const kept = (await ask(app, 'write')) as string;
  await ask(app, 'serve');
  const inbound = `tcp 127.0.0.1 ${served}` as const;
  const tried = (await ask(other, { attempts: [...plan.attempts, inbound] })) as Outcomes;
  const { [inbound]: reached = '', ...others } = tried;
  const report: SealedEgressReport = {
    before,
    app: (await ask(app, { attempts: plan.attempts })) as Outcomes,
    other: others,
    loaded,
    kept,
    inbound: reached,
  };
  app.kill();
  other.kill();
  process.stdout.write(JSON.stringify(report), () => process.exit());
}

/** Servers on all addresses that greet, and echo over UDP. */
async function serve(attempts: readonly Attempt[]): Promise<void> {
  for (const entry of new Set(attempts.map((attempt) => attempt.replace(/ .* /, ' ')))) {
    const [protocol, port] = entry.split(' ');
    if (protocol === 'tcp') await listen(Number(port));
    if (protocol !== 'udp') continue;
    const socket = createSocket('udp6');
    socket.on('message', (message, peer) => socket.send(message, peer.port, peer.address));
    socket.bind(Number(port), '::');
    await once(socket, 'listening');
  }
}

async function listen(port: number): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => {});
    socket.write('hello');
  });
  server.listen(port, '::');
  await once(server, 'listening');
}

async function become({ uid, gid }: Account): Promise<ChildProcess> {
  const child = fork(fileURLToPath(import.meta.url), [String(uid), String(gid)]);
  await once(child, 'message');
  return child;
}

async function ask(child: ChildProcess, order: Order): Promise<unknown> {
  child.send(order);
  const [answer] = await once(child, 'message');
  return answer;
}

/** In the child: what an application of this account would do. */
function probe(uid: number, gid: number): void {
  process.setgroups?.([]);
  process.setgid?.(gid);
  process.setuid?.(uid);
  let kept: Socket | undefined;
  process.on('message', async (order: Order) => {
    if (order === 'serve') {
      await listen(served);
      process.send?.('serving');
    } else if (order === 'write') {
      process.send?.(await settled((done) => kept?.on('error', (error) => done(code(error))).write('more')));
    } else if ('open' in order) {
      kept = connect(order.open.port, order.open.address);
      // Until the greeting is there, so that nothing is under way when the rules come.
      await once(kept, 'data');
      process.send?.('open');
    } else {
      const outcomes: Record<string, string> = {};
      for (const attempt of order.attempts) outcomes[attempt] = await outcome(attempt);
      process.send?.(outcomes);
    }
  });
  process.send?.('ready');
}

function outcome(attempt: Attempt): Promise<string> {
  const [protocol, address = '', port = ''] = attempt.split(' ');
  if (protocol === 'icmp') return Promise.resolve(ping(address));
  if (protocol === 'tcp') {
    return settled((done) => {
      const socket = connect(Number(port), address);
      socket.on('error', (error) => done(code(error)));
      socket.on('data', () => {
        socket.destroy();
        done('reached');
      });
    });
  }
  return settled((done) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.on('error', (error) => done(code(error)));
    socket.on('message', () => done('reached'));
    socket.send('hello', Number(port), address, (error) => {
      if (error) done(code(error));
    });
    socket.unref();
  });
}

/** Node has no ICMP sockets; Python has, without privileges, where the kernel's setting allows them. */
function ping(address: string): string {
  if (!existsSync('/usr/bin/python3')) return 'no python3';
  const program = `
import errno, socket, sys
six = ':' in sys.argv[1]
s = socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM, 58 if six else 1)
s.settimeout(2)
try:
    s.sendto(bytes([128 if six else 8, 0, 0, 0, 0, 0, 0, 1]), (sys.argv[1], 0))
    s.recv(100)
    print('reached')
except socket.timeout:
    print('silence')
except OSError as e:
    print(errno.errorcode[e.errno])
`;
  return execFileSync('/usr/bin/python3', ['-I', '-c', program, address], {
    encoding: 'utf8',
    cwd: '/',
  }).trim();
}

function settled(work: (done: (result: string) => void) => unknown): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('silence'), patience);
    work((result) => {
      clearTimeout(timer);
      resolve(result);
    });
  });
}

function code(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.message;
}

const [, , uid, gid] = process.argv;
if (uid === undefined) await main();
else probe(Number(uid), Number(gid));
