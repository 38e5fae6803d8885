import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { formatAddress, parseAddress } from '../address/address.ts';
import type { ProxyRule } from '../policy/proxy-rule.ts';

/**
 * A connection through a proxy to one checked address (CONNECT, RFC 9110, 9.3.6). The proxy is told the address and not
 * the name, as it would resolve a name anew. Fails where the proxy says anything but 2xx.
 */
function openTunnel(proxy: ProxyRule, address: string, port: number, timeoutMs: number): Promise<Socket> {
  const target = `${bracketed(address)}:${port}`;
  const options: RequestOptions & { servername?: string } = {
    host: proxy.host,
    port: proxy.port,
    method: 'CONNECT',
    path: target,
    agent: false,
    // Else it would be made of the Host header, which names the target.
    ...(proxy.secure && { servername: isIP(proxy.host) === 0 ? proxy.host : '' }),
    headers: {
      host: target,
      ...(proxy.authorization !== undefined && { 'proxy-authorization': proxy.authorization }),
    },
  };
  return new Promise((done, failed) => {
    const request = proxy.secure ? secureRequest(options) : plainRequest(options);
    const timer = setTimeout(() => request.destroy(tooLate()), timeoutMs);
    request
      .once('close', () => clearTimeout(timer))
      .once('connect', (response: IncomingMessage, socket: Socket, head: Buffer) => {
        clearTimeout(timer);
        const status = response.statusCode ?? 0;
        if (status >= 200 && status <= 299) {
          // Where the target speaks first, its first bytes may come with the proxy's answer.
          if (head.length > 0) socket.unshift(head);
          return done(socket);
        }
        socket.destroy();
        failed(new Error(`The proxy answered ${status} to CONNECT.`));
      })
      // A proxy that answers as a server would: no tunnel either.
      .once('response', (response) => {
        response.destroy();
        failed(new Error(`The proxy answered ${response.statusCode} to CONNECT.`));
      })
      .on('error', failed)
      .end();
  });
}

/** With undici's code for a connection that takes too long, as that is what it is. */
export const tunnelTimeout = 'UND_ERR_CONNECT_TIMEOUT';

export function tooLate(): Error {
  return Object.assign(new Error('There was no connection through the proxy in time.'), {
    code: tunnelTimeout,
  });
}

function bracketed(text: string): string {
  const address = parseAddress(text);
  const plain = address === undefined ? text : formatAddress(address);
  return plain.includes(':') ? `[${plain}]` : plain;
}

/** Tries the checked addresses in their order, as a name may have one that is down; four at most. */
export async function openTunnelToAny(
  proxy: ProxyRule,
  addresses: readonly string[],
  port: number,
  timeoutMs: number,
): Promise<{ socket: Socket; address: string }> {
  const late = Date.now() + timeoutMs;
  let last: unknown = new Error('The name has no address.');
  for (const address of addresses.slice(0, 4)) {
    try {
      return { socket: await openTunnel(proxy, address, port, Math.max(1, late - Date.now())), address };
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
