import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback between a client and its server, for what networks do to them. */
export interface SlowProxy {
  readonly port: number;
  /** What comes is kept, and goes on once this is false again. */
  hang: boolean;
  /** Cuts all connections, and takes no new ones until it is called with false. */
  cut(refuse: boolean): void;
  /** Bytes of the client that wait. */
  readonly held: number;
  stop(): Promise<void>;
}

export async function slowProxy(target: number): Promise<SlowProxy> {
  const sockets = new Set<Socket>();
  const waiting: { readonly to: Socket; readonly chunk: Buffer; readonly fromClient: boolean }[] = [];
  let refusing = false;
  let hanging = false;

  function forward(from: Socket, to: Socket, fromClient: boolean): void {
    sockets.add(from);
    from.on('data', (chunk: Buffer) => {
      if (hanging) waiting.push({ to, chunk, fromClient });
      else to.write(chunk);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  }

  const server = createServer((client) => {
    if (refusing) {
      client.destroy();
      return;
    }
    const upstream = connect(target, '127.0.0.1');
    forward(client, upstream, true);
    forward(upstream, client, false);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
    waiting.length = 0;
  };
  return {
    port: (server.address() as AddressInfo).port,
    get hang() {
      return hanging;
    },
    set hang(on) {
      hanging = on;
      if (!on) for (const { to, chunk } of waiting.splice(0)) to.write(chunk);
    },
    cut(refuse) {
      refusing = refuse;
      if (refuse) cutAll();
    },
    get held() {
      return waiting.reduce((sum, { fromClient, chunk }) => sum + (fromClient ? chunk.length : 0), 0);
    },
    async stop() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}
