import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

/** What pg knows of a connection, by which the server finds the statement to end. */
interface Backend {
  readonly host?: unknown;
  readonly port?: unknown;
  readonly ssl?: unknown;
  readonly processID?: unknown;
  readonly secretKey?: unknown;
}

const answerMs = 3_000;

/**
 * Asks the server to end what the connection is running (PostgreSQL, 55.2.8): by a connection of its own, with the key
 * that the server gave out. Over TLS where the connection is, so that nobody reads the key on its way. The server
 * closes when it has passed the wish on, which is when this resolves.
 */
export async function cancelRequest(client: object): Promise<void> {
  const { host, port, ssl, processID, secretKey } = client as Backend;
  if (typeof processID !== 'number' || typeof secretKey !== 'number') return;
  if (typeof host !== 'string' || typeof port !== 'number') return;
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(80_877_102, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const plain = host.startsWith('/')
    ? connectSocket(`${host}/.s.PGSQL.${port}`)
    : connectSocket({ host, port });
  plain.on('error', () => undefined);
  plain.setTimeout(answerMs, () => plain.destroy());
  try {
    await event(plain, 'connect');
    const socket = ssl ? await upgrade(plain, host, ssl) : plain;
    socket.on('error', () => undefined);
    socket.end(request);
    socket.resume();
    await event(plain, 'close');
  } finally {
    plain.destroy();
  }
}

/** By an SSLRequest, as every TLS connection to PostgreSQL begins (55.2.11). */
async function upgrade(plain: Socket, host: string, ssl: unknown): Promise<Socket> {
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(80_877_103, 4);
  plain.write(request);
  const [answer] = (await event(plain, 'data')) as [Buffer];
  if (answer.length !== 1 || answer[0] !== 0x53)
    throw new Error('The server takes no TLS for a cancellation.');
  const secure = connectTls(tlsOptions(plain, host, ssl));
  await event(secure, 'secureConnect');
  return secure;
}

/** As pg itself does it: the host is verified, and named to the server unless it is an address (RFC 6066). */
function tlsOptions(socket: Socket, host: string, ssl: unknown): ConnectionOptions {
  const given: ConnectionOptions = typeof ssl === 'object' && ssl !== null ? ssl : {};
  return {
    host,
    ...given,
    // pg hides it from copies.
    ...(given.key !== undefined && { key: given.key }),
    ...(isIP(host) === 0 && { servername: host }),
    socket,
  };
}

function event(socket: Socket, name: 'connect' | 'data' | 'close' | 'secureConnect'): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    if (name !== 'close') socket.once('close', () => reject(new Error('The connection was closed.')));
    socket.once(name, (...values: unknown[]) => {
      socket.off('error', reject);
      resolve(values);
    });
  });
}
