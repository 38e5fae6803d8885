import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { startDns } from '../machine/sealed-dns.ts';
import { answerByPath } from './answer-by-path.ts';
import type { EgressCase } from './egress-case.ts';

/** One request as a server of the world saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The name that the TLS client asked for; undefined over plain HTTP. */
  readonly servername: string | undefined;
}

/** One connection that somebody made, by the address that was dialled. */
export interface Contact {
  readonly address: string;
  readonly port: number;
  bytes: number;
  readonly requests: SeenRequest[];
}

export interface World {
  /** From here on the resolver and the hosts file answer as the case says. */
  enter(one: Pick<EgressCase, 'dns' | 'hostsFile'>): void;
  /** Every connection since the last call. */
  contacts(): Contact[];
}

/**
 * Every address there is, inside of a network namespace (see `runSealed`): all of IPv4 and IPv6 is local (AnyIP), so a
 * guard that misses one is seen by the canary instead of failing for want of a route.
 */
export async function startWorld(
  ports: readonly number[],
  tls: { readonly key: string; readonly cert: string },
): Promise<World> {
  // At once, before anything could be dialled.
  execFileSync('ip', ['route', 'add', 'local', '0.0.0.0/0', 'dev', 'lo']);
  execFileSync('ip', ['-6', 'route', 'add', 'local', '::/0', 'dev', 'lo']);
  let seen: Contact[] = [];
  const bySocket = new WeakMap<Socket, Contact>();
  const meet = (socket: Socket): void => {
    socket.on('error', () => {});
    const contact: Contact = {
      address: plainAddress(socket.localAddress),
      port: socket.localPort ?? 0,
      bytes: 0,
      requests: [],
    };
    bySocket.set(socket, contact);
    seen.push(contact);
    socket.on('close', () => {
      contact.bytes = socket.bytesRead;
    });
  };
  const answer: RequestListener = (request, response) => {
    const { socket, method = '', url = '', headers } = request;
    const servername = socket instanceof TLSSocket ? String(socket.servername) : undefined;
    bySocket.get(socket)?.requests.push({ method, url, headers, servername });
    answerByPath(request, response);
  };
  const plain = createPlainServer(answer);
  const secure = createTlsServer(tls, answer);
  secure.on('secureConnection', (socket) => {
    const { _parent: under } = socket as unknown as { readonly _parent: Socket };
    const contact = bySocket.get(under);
    if (contact) bySocket.set(socket, contact);
  });
  for (const server of [plain, secure]) server.on('clientError', (_error, socket) => socket.destroy());
  secure.on('tlsClientError', () => {});
  for (const port of new Set([80, 443, ...ports])) {
    const server = createServer((socket) => {
      meet(socket);
      // Every port speaks both, by the first byte: 22 is a TLS handshake (RFC 8446, 5.1).
      socket.once('readable', () => {
        const first: Buffer | null = socket.read(1);
        if (first) socket.unshift(first);
        (first?.[0] === 22 ? secure : plain).emit('connection', socket);
      });
    });
    await new Promise<void>((done) => server.listen(port, '::', 4_096, done));
  }
  const dns = await startDns({});
  return {
    enter(one) {
      dns.use(one.dns ?? {});
      writeFileSync('/etc/hosts', ['127.0.0.1 localhost', ...(one.hostsFile ?? []), ''].join('\n'));
    },
    contacts() {
      const last = seen;
      seen = [];
      return last;
    },
  };
}

/** IPv4 on a socket for both families shows as `::ffff:192.0.2.1`. */
function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}
