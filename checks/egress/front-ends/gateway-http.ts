import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import type { FrontEnd } from './front-end.ts';
import { gatewayFor } from './gateway-per-policy.ts';
import { httpClient, proxyError } from './http-client.ts';

/** As curl and Python do: the absolute form for http, a tunnel for https. */
export const gatewayHttp: FrontEnd = {
  name: 'gateway, node:http',
  exchange: false,
  control: false,
  async open(policy) {
    const { port } = await gatewayFor(policy);
    return httpClient(
      { http: new http.Agent(), https: new TunnelAgent(port) },
      () => {},
      (target) => {
        if (target.protocol === 'https:') return urlToHttpOptions(target);
        // A client keeps the fragment to itself.
        const path = target.href.slice(0, target.href.length - target.hash.length);
        return { host: '127.0.0.1', port, path, headers: { host: target.host } };
      },
    );
  },
};

class TunnelAgent extends https.Agent {
  readonly #port: number;

  constructor(port: number) {
    super();
    this.#port = port;
  }

  override createConnection(
    options: https.RequestOptions,
    done: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const host = String(options.host);
    const authority = `${host.includes(':') ? `[${host}]` : host}:${options.port}`;
    const failed = (error: Error): void => done(error, undefined as unknown as Duplex);
    http
      .request({ host: '127.0.0.1', port: this.#port, method: 'CONNECT', path: authority, agent: false })
      .on('connect', (response, socket) => {
        if (response.statusCode === 200) {
          done(
            null,
            connectTls({ socket, host, ...(isIP(host) ? {} : { servername: host.replace(/\.$/, '') }) }),
          );
        } else {
          socket.destroy();
          failed(proxyError(response) ?? new Error(`The proxy answered ${response.statusCode}.`));
        }
      })
      .on('error', failed)
      .end();
  }
}
