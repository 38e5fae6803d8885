/**
 * A sealed program: a name server of ours answers, canaries count who came, and a child behind the preload connects.
 * It reads a `SealedPreloadPlan` and writes a `SealedPreloadReport`.
 */
import { spawn } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { startDns, type Zone } from './sealed-dns.ts';

export interface SealedPreloadPlan {
  readonly zone: Zone;
  /** The preload, a file of policy and the program, as absolute paths. */
  readonly preload: string;
  readonly policy: string;
  readonly program: string;
  readonly ports: readonly number[];
  readonly input: unknown;
}

export interface SealedPreloadReport {
  /** What the program wrote, one line each. */
  readonly lines: readonly string[];
  readonly errors: string;
  readonly code: number | null;
  /** Connections by local address and port. */
  readonly connections: Readonly<Record<string, number>>;
  readonly queries: Readonly<Record<string, number>>;
}

async function main(): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const plan = JSON.parse(Buffer.concat(chunks).toString()) as SealedPreloadPlan;
  const dns = await startDns(plan.zone);
  const connections: Record<string, number> = {};
  for (const port of plan.ports) {
    const canary = createServer((socket: Socket) => {
      // IPv4 on a socket for both families shows as `::ffff:192.0.2.1`.
      const key = `${socket.localAddress?.replace(/^::ffff:/, '')} ${port}`;
      connections[key] = (connections[key] ?? 0) + 1;
      const body = 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello';
      socket.on('error', () => {}).end(body);
    });
    await new Promise<void>((done) => canary.listen(port, '::', done));
  }
  const child = spawn(process.execPath, ['--import', plan.preload, plan.program], {
    env: { ...process.env, BULWARK_EGRESS_POLICY: plan.policy, PLAN: JSON.stringify(plan.input) },
    ...{ stdio: ['ignore', 'pipe', 'pipe'], timeout: 40_000, killSignal: 'SIGKILL' },
  });
  const [output, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once('exit', done)),
  ]);
  const report: SealedPreloadReport = {
    ...{ lines: output.trim().split('\n'), errors, code, connections },
    queries: Object.fromEntries(dns.queries),
  };
  process.stdout.write(JSON.stringify(report), () => process.exit());
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

await main();
