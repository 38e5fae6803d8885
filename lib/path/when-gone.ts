import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** One listener for all answers of a connection, as a client may send hundreds of requests at once. */
const waiting = new WeakMap<Duplex, Set<() => void>>();

/**
 * Calls `act` when the client has gone away, or at once if it already has. The response alone isn't enough: it gets no event while it waits behind
 * another one on its connection, and over HTTP/2 it then looks finished.
 *
 * @returns a function that stops waiting
 */
export function whenGone(res: ServerResponse, act: () => void): () => void {
  const connection = connectionOf(res);
  if (connection?.destroyed !== false) {
    if (connection?.destroyed) act();
    return () => undefined;
  }
  let acts = waiting.get(connection);
  if (acts === undefined) {
    const all = new Set<() => void>();
    waiting.set(connection, all);
    connection.once('close', () => {
      for (const each of all) each();
    });
    acts = all;
  }
  acts.add(act);
  return () => acts.delete(act);
}

/** The HTTP/2 stream, or the socket. */
function connectionOf(res: ServerResponse): Duplex | undefined {
  return (res as { readonly stream?: Duplex }).stream ?? res.req?.socket;
}
