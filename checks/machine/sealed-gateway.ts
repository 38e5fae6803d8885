/**
 * A sealed program: a gateway with canaries around it, and a client in another language that goes through it. It reads a
 * `SealedGatewayPlan` and writes a `SealedGatewayReport`.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configureEvents } from 'bulwark/event';
import { type GatewayConfig, startGateway } from 'bulwark/fetch/gateway';
import { startDns, type Zone } from './sealed-dns.ts';

export interface SealedGatewayPlan {
  readonly zone: Zone;
  /** Without its ports and its log. */
  readonly config: Pick<GatewayConfig, 'roles' | 'limits'>;
  /** A program, and its arguments; `{port}` is the gateway's. Standard output is JSON. */
  readonly client: readonly string[];
  /** For a canary at port 443, in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface SealedGatewayReport {
  readonly output: unknown;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** Connections of the canaries by local address and port. */
  readonly connections: Readonly<Record<string, number>>;
  readonly queries: Readonly<Record<string, number>>;
}

async function main(): Promise<void> {
  configureEvents({ sinks: [] });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const { zone, config, client, tls } = JSON.parse(Buffer.concat(chunks).toString()) as SealedGatewayPlan;
  const dns = await startDns(zone);
  const connections: Record<string, number> = {};
  const answer: RequestListener = (request, response) => {
    const to = new URL(request.url ?? '/', 'http://canary.example').searchParams.get('to');
    if (to !== null) response.writeHead(302, { location: to }).end();
    else
      response.end(
        `${plain(request.socket.localAddress)} ${request.headers.host} ${request.headers['proxy-authorization'] ?? ''}`,
      );
  };
  const count = (socket: Socket): void => {
    const place = `${plain(socket.localAddress)}:${socket.localPort}`;
    connections[place] = (connections[place] ?? 0) + 1;
  };
  for (const port of [80, 22, 8080]) {
    const canary = createServer(answer).on('connection', count);
    await new Promise<void>((done) => canary.listen(port, '::', done));
  }
  if (tls) {
    const secure = createTlsServer(tls, answer).on('connection', count);
    await new Promise<void>((done) => secure.listen(443, '::', done));
  }
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-sealed-gateway-'));
  const file = join(folder, 'log');
  const gateway = await startGateway({ ...config, listen: { port: 0 }, log: { file } });
  const output = await run(client.map((text) => text.replaceAll('{port}', String(gateway.port))));
  await gateway.close({ drainMs: 200 });
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  rmSync(folder, { recursive: true });
  const report: SealedGatewayReport = {
    output,
    lines,
    connections,
    queries: Object.fromEntries(dns.queries),
  };
  process.stdout.write(JSON.stringify(report), () => process.exit());
}

/** IPv4 on a socket for both families shows as `::ffff:192.0.2.1`. */
function plain(address = ''): string {
  return address.replace(/^::ffff:/, '');
}

function run([program = '', ...args]: readonly string[]): Promise<unknown> {
  return new Promise((done, failed) => {
    execFile(program, args, { timeout: 50_000 }, (error, stdout, stderr) => {
      if (error) failed(new Error(`${error.message} ${stderr}`));
      else done(JSON.parse(stdout));
    });
  });
}

await main();
