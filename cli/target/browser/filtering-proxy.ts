import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Gate } from '../gate/open-gate.ts';
import { pinnedLookup } from '../gate/pinned-lookup.ts';

/** A proxy on this machine that lets a browser reach what a gate allows, and nothing else: redirects, frames and sockets too. */
export interface FilteringProxy {
  readonly port: number;
  close(): Promise<void>;
}

const mostConnections = 500;

export async function startFilteringProxy(gate: Gate): Promise<FilteringProxy> {
  const sockets = new Set<Socket>();
  let count = 0;
  const isAllowed = (url: URL | undefined): url is URL =>
    url !== undefined && gate.allows(url) && ++count <= mostConnections;
  const server = createServer((req, res) => {
    const url = urlOf(req.url ?? '');
    if (req.method === 'GET' && isAllowed(url)) forward(gate, url, req, res);
    else res.writeHead(403, { Connection: 'close' }).end();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', (req, client: Socket, head: Buffer) => {
    const url = urlOf(`https://${req.url ?? ''}/`);
    if (!isAllowed(url)) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const target = connect({ ...placeOf(url, 443), lookup: pinnedLookup(gate.addresses(url.hostname)) });
    sockets.add(target);
    target.on('connect', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.write(head);
      client.pipe(target).pipe(client);
    });
    const end = (): void => {
      sockets.delete(target);
      target.destroy();
      client.destroy();
    };
    for (const socket of [target, client]) socket.on('error', end).on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => server.once('listening', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function placeOf({ hostname, port }: URL, usual: number): { readonly host: string; readonly port: number } {
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || usual) };
}

function forward(gate: Gate, url: URL, req: IncomingMessage, res: ServerResponse): void {
  const { 'proxy-connection': _hop, ...kept } = req.headers;
  const headers = { ...kept, host: url.host, connection: 'close' };
  const sent = request({
    ...placeOf(url, 80),
    ...{ path: `${url.pathname}${url.search}`, headers, agent: false, setHost: false },
    lookup: pinnedLookup(gate.addresses(url.hostname)),
  });
  sent.on('response', (answer) => {
    const names = answer.rawHeaders.flatMap((name, at) =>
      at % 2 === 0 && !/^(?:connection|keep-alive|transfer-encoding)$/i.test(name)
        ? [name, answer.rawHeaders[at + 1] ?? '']
        : [],
    );
    answer.on('error', () => res.destroy());
    res.writeHead(answer.statusCode ?? 502, names);
    answer.pipe(res);
  });
  sent.on('error', () => res.destroy());
  res.on('close', () => sent.destroy());
  sent.end();
}
