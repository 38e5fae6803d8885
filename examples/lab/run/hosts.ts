import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { makeCertificate } from '../../../checks/machine/certificate.ts';
import { someAddress } from '../attack/request.ts';
import type { App } from './app-process.ts';

/** What the victim's browser knows: the shop, two subdomains of its site, and a stranger's site. */
export const origins = {
  shop: 'https://shop.test',
  /** Somebody else writes it: a blog that was taken over, or a forgotten test server. */
  blog: 'https://blog.shop.test',
  /** An application of the shop's own, which may read its API. */
  app: 'https://app.shop.test',
  evil: 'https://evil.test',
} as const;

/** A request that came to a host that is not the shop, or to any host in clear. */
export interface Received {
  readonly url: string;
  readonly body: string;
  readonly cookie: string;
}

/** The web around the victim, over HTTPS. Whoever sits on the network reads, and answers, what is sent over HTTP. */
export interface Hosts {
  /** For Chromium: the names lead here, and nowhere else. */
  readonly chromiumArgs: readonly string[];
  /** Puts an application at `https://shop.test`, behind a proxy, and forgets what was published and received. */
  showShop(app: App): void;
  /** A page at every path of a host. */
  publish(origin: string, markup: string, headers?: OutgoingHttpHeaders): void;
  readonly received: readonly Received[];
  stop(): Promise<void>;
}

/** More than any form of the victim's has. */
const longest = 100_000;

export async function startHosts(): Promise<Hosts> {
  const certificate = makeCertificate(Object.values(origins).map((origin) => new URL(origin).hostname));
  const { key, cert } = certificate;
  certificate.remove();
  let shop: { readonly url: URL; readonly client: string } | undefined;
  const pages = new Map<string, { readonly markup: string; readonly headers: OutgoingHttpHeaders }>();
  const received: Received[] = [];

  async function answer(origin: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.url === '/favicon.ico') {
      res.writeHead(204).end();
      return;
    }
    if (origin === origins.shop && shop) {
      forward(shop, req, res);
      return;
    }
    const body = Number(req.headers['content-length'] ?? 0) > longest ? '' : await text(req);
    received.push({ url: origin + req.url, body, cookie: req.headers.cookie ?? '' });
    const { markup, headers } = pages.get(origin) ?? { markup: '<p>Nothing here.</p>', headers: {} };
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    res.end(`<!doctype html><html lang="en"><title>${origin}</title><body>${markup}</body></html>`);
  }

  const listener =
    (scheme: 'http' | 'https') =>
    (req: IncomingMessage, res: ServerResponse): void => {
      answer(`${scheme}://${req.headers.host}`, req, res).catch(() => res.destroy());
    };
  const servers = [
    createServer(listener('http')),
    createSecureServer({ key, cert }, listener('https')),
  ] as const;
  const [http, https] = [await listen(servers[0]), await listen(servers[1])];

  return {
    chromiumArgs: [
      `--host-resolver-rules=MAP *.test:443 127.0.0.1:${https}, MAP *.test:80 127.0.0.1:${http}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      '--proxy-bypass-list=*.test',
    ],
    showShop(app) {
      shop = { url: new URL(app.url), client: someAddress() };
      pages.clear();
      received.length = 0;
    },
    publish: (origin, markup, headers = {}) => void pages.set(origin, { markup, headers }),
    received,
    async stop() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** A proxy that ends TLS, as most applications have one before them. */
function forward(shop: { url: URL; client: string }, req: IncomingMessage, res: ServerResponse): void {
  const { hostname, port, host, pathname } = shop.url;
  const onward = request({
    ...{ hostname, port, path: pathname + (req.url ?? '/').slice(1), method: req.method },
    headers: {
      ...req.headers,
      ...{ host, 'x-forwarded-for': shop.client, 'x-forwarded-proto': 'https' },
      'x-forwarded-host': req.headers.host,
    },
  });
  onward.on('response', (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', () => res.destroy());
  req.pipe(onward);
}

async function listen(server: Server | ReturnType<typeof createSecureServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
