/**
 * A sealed program: fetches URLs with guarded fetches while a name server of ours answers and canaries count who came.
 * It reads a `SealedFetchPlan` and writes a `SealedFetchReport`.
 */
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { isRefusal } from 'bulwark';
import { configureEvents } from 'bulwark/event';
import { createFetch, type FetchOptions } from 'bulwark/fetch';
import { startDns, type Zone } from './sealed-dns.ts';

export interface SealedFetchPlan {
  readonly zone: Zone;
  /** One guarded fetch each, in this order; its URLs one after the other. */
  readonly calls: readonly { readonly options: FetchOptions; readonly urls: readonly string[] }[];

  /** For a canary at port 443, in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface SealedFetchReport {
  /** For each URL: the body (the address that was reached and the Host header), or the code of the refusal or error. */
  readonly outcomes: readonly string[];
  /** Connections by local address. */
  readonly connections: Readonly<Record<string, number>>;
  readonly queries: Readonly<Record<string, number>>;
}

async function main(): Promise<void> {
  configureEvents({ sinks: [] });
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const { zone, calls, tls } = JSON.parse(Buffer.concat(chunks).toString()) as SealedFetchPlan;
  const dns = await startDns(zone);
  const connections: Record<string, number> = {};
  const answer: RequestListener = (request, response) => {
    // Every request a connection of its own, as a kept one is not resolved again.
    response.setHeader('connection', 'close');
    const to = new URL(request.url ?? '/', 'http://canary.example').searchParams.get('to');
    if (to === null) response.end(`${plain(request.socket.localAddress)} ${request.headers.host}`);
    else response.writeHead(302, { location: to }).end();
  };
  const count = (socket: Socket): void => {
    const address = plain(socket.localAddress);
    connections[address] = (connections[address] ?? 0) + 1;
  };
  const canary = createServer(answer).on('connection', count);
  await new Promise<void>((done) => canary.listen(80, '::', done));
  if (tls) {
    const secure = createTlsServer(tls, answer).on('connection', count);
    await new Promise<void>((done) => secure.listen(443, '::', done));
  }
  const outcomes: string[] = [];
  for (const { options, urls } of calls) {
    const fetch = createFetch(options);
    for (const url of urls) outcomes.push(await outcome(() => fetch(url)));
  }
  const report: SealedFetchReport = { outcomes, connections, queries: Object.fromEntries(dns.queries) };
  process.stdout.write(JSON.stringify(report), () => process.exit());
}

/** IPv4 on a socket for both families shows as `::ffff:192.0.2.1`. */
function plain(address = ''): string {
  return address.replace(/^::ffff:/, '');
}

async function outcome(work: () => Promise<Response>): Promise<string> {
  try {
    return await (await work()).text();
  } catch (error) {
    if (isRefusal(error)) return error.code;
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    return cause?.code ?? String(error);
  }
}

await main();
