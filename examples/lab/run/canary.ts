import { randomBytes } from 'node:crypto';
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import type { Canary, Network } from './network.ts';

export interface Canaries {
  readonly ports: Network['ports'];
  /** What only a canary knows. A theft counts when one of these comes back. */
  readonly secrets: Readonly<Record<'metadata' | 'internal', string>>;
  /** Connections so far that no honest application makes: what a request reached counts, also if nothing came back. */
  hits(): Readonly<Record<'metadata' | 'internal' | 'banner', number>>;
  /** A page of another origin that frames what `?url=` names. */
  readonly framingPage: string;
  stop(): Promise<void>;
}

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><title>${title}</title><body>${body}</body></html>`;

/** The hosts around the applications: cloud metadata, an internal admin panel, a public site, a port with a banner. */
export async function startCanaries(): Promise<Canaries> {
  const secrets = {
    metadata: `lab-key-${randomBytes(12).toString('hex')}`,
    internal: `lab-admin-${randomBytes(12).toString('hex')}`,
  };

  function metadata(_req: IncomingMessage, res: ServerResponse): void {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ Code: 'Success', AccessKeyId: 'LABKEY', SecretAccessKey: secrets.metadata }));
  }

  function internal(_req: IncomingMessage, res: ServerResponse): void {
    res.setHeader('Content-Type', 'text/html');
    res.end(page('Admin panel', `<p>Internal only. Token: ${secrets.internal}</p>`));
  }

  function publicSite(req: IncomingMessage, res: ServerResponse): void {
    const path = req.url ?? '/';
    const to = redirects[path] ?? (path.startsWith('/to?') ? decodeURIComponent(path.slice(4)) : undefined);
    if (to !== undefined) {
      // Refused, with 400, where a header cannot hold it.
      res.writeHead(302, { Location: to }).end();
      return;
    }
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end(page(`News ${path}`, `<p>Fair winds at ${path} today.</p>`));
  }

  function framing(req: IncomingMessage, res: ServerResponse): void {
    const url = new URL(req.url ?? '/', 'http://127.0.0.1').searchParams.get('url') ?? '';
    res.setHeader('Content-Type', 'text/html');
    res.end(page('Win a prize', `<iframe src="${encodeURI(url)}"></iframe>`));
  }

  const servers = {
    metadata: createHttpServer(answering(metadata)),
    internal: createHttpServer(answering(internal)),
    public: createHttpServer(answering(publicSite)),
    framing: createHttpServer(answering(framing)),
    banner: createTcpServer((socket) => socket.on('error', () => {}).end('SSH-2.0-Lab_9.9\r\n')),
  };
  const [metadataPort, internalPort, publicPort, framingPort, bannerPort] = await Promise.all([
    listen(servers.metadata),
    listen(servers.internal),
    listen(servers.public),
    listen(servers.framing),
    listen(servers.banner),
  ]);
  const hits = { metadata: 0, internal: 0, banner: 0 };
  for (const name of ['metadata', 'internal', 'banner'] as const) {
    servers[name].on('connection', () => {
      hits[name]++;
    });
  }
  const ports: Record<Canary, number> = {
    metadata: metadataPort,
    internal: internalPort,
    public: publicPort,
    banner: bannerPort,
  };
  return {
    ports,
    secrets,
    hits: () => ({ ...hits }),
    framingPage: `http://127.0.0.1:${framingPort}/?url=`,
    async stop() {
      for (const server of Object.values(servers)) {
        if ('closeAllConnections' in server) server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** The canaries stand in the lab's own process: no request may end it. */
function answering(handler: RequestListener): RequestListener {
  return (req, res) => {
    try {
      handler(req, res);
    } catch {
      if (!res.headersSent) res.writeHead(400);
      res.end();
    }
  };
}

const redirects: Readonly<Record<string, string>> = {
  '/old': 'http://news.example.com/new',
  '/twice': 'http://short.example.com/old',
  '/relative': '/here',
};

async function listen(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
