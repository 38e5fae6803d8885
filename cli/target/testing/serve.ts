import { createServer as createHttp, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';

/** A server on a free port of this machine. */
export interface Served {
  readonly port: number;
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  /** The paths that were requested; of `serveRaw`, what was received on each connection. */
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/** Serves http. */
export async function serveHttp(handler: RequestListener): Promise<Served> {
  const seen: string[] = [];
  const server = createHttp({ maxHeaderSize: 100_000 }, (req, res) => {
    seen.push(req.url ?? '');
    handler(req, res);
  });
  return served(server, seen, () => server.closeAllConnections());
}

/** Hands each connection to a function: for what is no HTTP. */
export async function serveRaw(handler: (socket: Socket) => void): Promise<Served> {
  const sockets = new Set<Socket>();
  const seen: string[] = [];
  const server = createTcp((socket) => {
    sockets.add(socket);
    const index = seen.push('') - 1;
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      seen[index] += chunk.toString('latin1');
    });
    handler(socket);
  });
  return served(server, seen, () => {
    for (const socket of sockets) socket.destroy();
  });
}

/** Starts a server that was made, and says how to stop it. */
export async function served(server: Server, seen: readonly string[], stop: () => void): Promise<Served> {
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        stop();
      }),
  };
}
