import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Csrf, CsrfFacts } from '../../lib/csrf/index.ts';
import type { Decision } from '../../lib/refusal/decision.ts';
import { type Certificate, makeCertificate } from '../machine/certificate.ts';
import { launchChromium } from '../machine/chromium.ts';

/** The application, a subdomain of the same site that is not its own, and another site. */
const hosts = [
  'shop.example',
  'blog.shop.example',
  'evil.test',
  'localhost',
  'shop.localhost',
  'evil.localhost',
];

/** What the application decided on a request. */
export interface Outcome {
  readonly method: string;
  readonly path: string;
  readonly code: string;
  /** Whether the session's cookie came with it. */
  readonly hasCookie: boolean;
}

/** A browser that knows less than today's: what it doesn't send. */
export type Age = 'today' | 'without Sec-Fetch-Site' | 'without both';

export interface CsrfWorld {
  /** The origin of a host, as the browser writes it. */
  origin(host: string, scheme?: 'http' | 'https'): string;
  /** A page with this markup at a path, on every host. */
  publish(path: string, markup: string, headers?: Readonly<Record<string, string>>): void;
  /** What answers GET at this path, on every host. */
  answer(path: string, handler: (req: IncomingMessage, res: ServerResponse) => void): void;
  /** A tab at this URL in a browser that is logged in. */
  open(url: string): Promise<Page>;
  /** What the application decided on the request with this path, once it came. */
  outcome(path: string): Promise<Outcome>;
  outcomes(): readonly Outcome[];
  context: BrowserContext;
  guard: Csrf;
  age: Age;
  /** The session that the cookie stands for. */
  readonly session: { readonly cookie: string; readonly binding: string };
  onUpgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => void;
  factsOf(req: IncomingMessage, field?: (name: string) => unknown): CsrfFacts;
  stop(): Promise<void>;
}

export async function startCsrfWorld(guard: Csrf): Promise<CsrfWorld> {
  const certificate: Certificate = makeCertificate(hosts);
  const pages = new Map<string, (req: IncomingMessage, res: ServerResponse) => void>();
  const outcomes: Outcome[] = [];
  const session = { cookie: 'sid-0123456789abcdef', binding: 'binding-of-the-users-session' };
  const hasCookie = (req: IncomingMessage): boolean => (req.headers.cookie ?? '').includes(session.cookie);

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '').split('?')[0] ?? '';
    forget(req, world.age);
    const answer = pages.get(path);
    if (answer !== undefined && (req.method === 'GET' || path.startsWith('/redirect'))) {
      answer(req, res);
      return;
    }
    const body = new URLSearchParams(await text(req));
    const decision = world.guard.check(
      req,
      world.factsOf(req, (name) => body.get(name)),
    );
    note(req, decision);
    res.writeHead(decision.allow ? 200 : 403, { 'content-type': 'text/html' }).end('<p>decided</p>');
  }

  function note(req: IncomingMessage, decision: Decision): void {
    const code = decision.allow ? 'allowed' : decision.code;
    const path = (req.url ?? '').split('?')[0] ?? '';
    outcomes.push({ method: req.method ?? '', path, code, hasCookie: hasCookie(req) });
  }

  const safely = (req: IncomingMessage, res: ServerResponse): void =>
    void handle(req, res).catch((error: unknown) => res.writeHead(500).end(String(error)));
  const plain = createServer(safely);
  const secure = createSecureServer({ key: certificate.key, cert: certificate.cert }, safely);
  const servers = [plain, secure];
  for (const server of servers) {
    server.on('upgrade', (req, socket, head) => {
      socket.on('error', () => {});
      const decision = world.guard.checkUpgrade(req, world.factsOf(req));
      note(req, decision);
      if (decision.allow) world.onUpgrade(req, socket, head);
      else socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  }
  const [httpPort, httpsPort] = servers.map((server) => (server.address() as AddressInfo).port);
  const browser: Browser = await launchChromium([
    '--host-resolver-rules=MAP *.example 127.0.0.1, MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
    '--proxy-bypass-list=*.example;*.test',
    // Reports go out in batches, and to certificates that are trusted.
    ...['--ignore-certificate-errors', '--short-reporting-delay'],
  ]);
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  // The weakest cookie that a session can have, so that nothing but the guard stands in the way.
  await context.addCookies([
    {
      name: 'sid',
      value: session.cookie,
      url: `https://shop.example:${httpsPort}`,
      sameSite: 'None',
      secure: true,
    },
    ...['shop.example', 'localhost', 'shop.localhost'].map((host) => ({
      ...{ name: 'plain', value: session.cookie, url: `http://${host}:${httpPort}` },
    })),
  ]);

  const world: CsrfWorld = {
    ...{ context, guard, age: 'today', session, onUpgrade: (_, socket) => socket.end() },
    origin: (host, scheme = 'https') => `${scheme}://${host}:${scheme === 'https' ? httpsPort : httpPort}`,
    publish(path, markup, headers = {}) {
      pages.set(path, (_, res) =>
        res.writeHead(200, { 'content-type': 'text/html', ...headers }).end(markup),
      );
    },
    answer: (path, handler) => void pages.set(path, handler),
    async open(url) {
      const tab = await context.newPage();
      await tab.goto(url, { waitUntil: 'load', timeout: 10_000 });
      return tab;
    },
    async outcome(path) {
      const deadline = Date.now() + 10_000;
      for (;;) {
        const found = outcomes.find((one) => one.path === path);
        if (found !== undefined) return found;
        if (Date.now() > deadline) throw new Error(`No request came to ${path}.`);
        await new Promise((resume) => setTimeout(resume, 20));
      }
    },
    outcomes: () => outcomes,
    factsOf: (req, field) => ({
      protocol: 'encrypted' in req.socket ? 'https' : 'http',
      host: req.headers.host,
      session: { binding: hasCookie(req) ? session.binding : undefined, hasCookie: hasCookie(req) },
      field,
    }),
    async stop() {
      await browser.close();
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
      certificate.remove();
    },
  };
  world.publish('/', '<!doctype html><title>page</title><p>hello</p>');
  world.publish('/favicon.ico', '');
  return world;
}

/** Takes out of a request what an older browser doesn't send. */
function forget(req: IncomingMessage, age: Age): void {
  if (age === 'today') return;
  for (const name of ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-user'])
    delete req.headers[name];
  if (age === 'without both') delete req.headers.origin;
}
