/** The parts of a socket of `node:net`, `node:tls` or `node:http2` that are read. */
export interface PeerSocket {
  readonly remoteAddress?: string | undefined;
  readonly localAddress?: string | undefined;
  readonly destroyed?: boolean | undefined;
  readonly encrypted?: boolean | undefined;
}

/** Who is at the other end of a connection. */
export interface Peer {
  /** Its address, `unix` for a Unix socket, or undefined if it is gone and nobody asked for its address before. */
  readonly remote: string | undefined;
  /** Whether the connection to this process uses TLS. */
  readonly encrypted: boolean;
}

/**
 * Reads the other end of a connection. Call it when the request starts: a client that hangs up takes its address with it.
 *
 * A Unix socket has no addresses at all. A TCP socket that the client has reset keeps its local one, and a closed one is
 * marked as destroyed. Neither counts as a Unix socket, or a client could hang up to be taken for your own proxy.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { peerOf } from 'bulwark/request';
 *
 * createServer((req, res) => {
 *   res.end(peerOf(req.socket).remote); // '127.0.0.1', or 'unix'
 * });
 * ```
 */
export function peerOf(socket: PeerSocket | null | undefined): Peer {
  // A closed session of HTTP/2 has none, and so have serverless platforms.
  if (!socket) return { remote: undefined, encrypted: false };
  const remote = socket.remoteAddress ?? (isUnix(socket) ? 'unix' : undefined);
  return { remote, encrypted: socket.encrypted === true };
}

function isUnix(socket: PeerSocket): boolean {
  return socket.destroyed === false && socket.localAddress === undefined;
}
