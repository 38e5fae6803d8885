import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';

/** A server on a free port of 127.0.0.1 that knows who came. */
export interface Origin {
  readonly port: number;
  /** `http://127.0.0.1:PORT` and the path. */
  url(path?: string): string;
  /** How many connections were opened so far. */
  connections(): number;
  /** Resolves when no connection is open any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export async function startOrigin(handler: RequestListener): Promise<Origin> {
  return listen(createServer(handler));
}

/** The same for any server, such as one that writes its bytes by hand. */
export async function listen(server: Server | NetServer): Promise<Origin> {
  const open = new Set<Socket>();
  let count = 0;
  let whenIdle: (() => void)[] = [];
  server.on('connection', (socket: Socket) => {
    count++;
    open.add(socket);
    // A peer that goes away in the middle is what these tests are about.
    socket.on('error', () => {});
    socket.once('close', () => {
      open.delete(socket);
      if (open.size > 0) return;
      for (const resolve of whenIdle) resolve();
      whenIdle = [];
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    connections: () => count,
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise((done) => whenIdle.push(done))),
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
