import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { listen, type Origin as Stoppable } from '../machine/origin.ts';

/** An origin that ends with the block that it was made in. */
export type Origin = Stoppable & AsyncDisposable;

export async function httpOrigin(listener: RequestListener): Promise<Origin> {
  return disposable(await listen(createServer(listener)));
}

/** A server for bytes, half-open where a client says so. */
export async function tcpOrigin(listener: (socket: Socket) => void): Promise<Origin> {
  return disposable(await listen(createTcpServer({ allowHalfOpen: true }, listener)));
}

function disposable(origin: Stoppable): Origin {
  return { ...origin, [Symbol.asyncDispose]: () => origin.stop() };
}
