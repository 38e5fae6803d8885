import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { html, render } from '../../../lib/html/index.ts';
import {
  bulwark,
  cspReportHandler,
  csrfField,
  csrfToken,
  defendServer,
  readForm,
  readJson,
  routeCors,
  routeCsp,
  routeHeaders,
  routeRateLimit,
  staticFiles,
} from '../../../lib/node/index.ts';
import { currentRequest, setRoute } from '../../../lib/request/index.ts';
import type { ConformanceApp } from '../contract.ts';
import { listen } from '../world/listen.ts';
import { context, contextAfter } from '../world/request-context.ts';
import { thrown } from '../world/thrown.ts';
import * as given from '../world/world.ts';

type Handler = (req: IncomingMessage, res: ServerResponse, last: string) => unknown;
type Routes = Readonly<Record<string, Handler>>;

export const app: ConformanceApp = {
  start(options) {
    const world = given.worldOf(options);
    const routes = new Map(
      Object.entries({
        ...pages,
        ...errors(world),
        ...streams(world),
        ...bodies(world),
        ...guarded(world),
        ...(options.session ? sessions(world) : {}),
      }),
    );
    const listener = bulwark({ ...world.options, onError: world.onError }, (req, res) => {
      const [path = ''] = (req.url ?? '').replace(/^https?:\/\/[^/]*/, '').split('?', 1);
      const method = req.method === 'HEAD' ? 'GET' : req.method;
      const [, folder, last = ''] = /^(.*\/)([^/]*)$/.exec(path) ?? [];
      if (path.startsWith('/assets/')) return files(req, res);
      for (const pattern of [path, ...[':id', ':what', ':how'].map((name) => `${folder}${name}`)]) {
        const handler = routes.get(`${method} ${pattern}`) ?? routes.get(pattern);
        if (handler === undefined) continue;
        setRoute(pattern);
        return handler(req, res, last);
      }
      throw Object.assign(new Error('no such page'), { status: 404, expose: true });
    });
    const http2 = createHttp2Server(listener as unknown as Parameters<typeof createHttp2Server>[0]);
    return listen(world, defendServer(createServer(listener)), http2);
  },
};

const assets = staticFiles(given.assets);

/** Below `/assets`, as a router would hand it on. */
function files(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const target = req.url ?? '';
  Object.assign(req, { originalUrl: target, url: target.slice('/assets'.length) });
  return new Promise((resolve, reject) => {
    assets(req, res, (error) =>
      reject(error ?? Object.assign(new Error('no such file'), { status: 404, expose: true })),
    );
    res.on('close', resolve);
  });
}

function text(res: ServerResponse, body: string, type = 'text/plain'): void {
  res.setHeader('Content-Type', `${type}; charset=utf-8`);
  res.end(body);
}

function json(res: ServerResponse, value: unknown): void {
  text(res, JSON.stringify(value), 'application/json');
}

function page(req: IncomingMessage, res: ServerResponse): void {
  const name = new URL(req.url ?? '', 'http://x').searchParams.get('name') ?? 'nobody';
  const nonce = currentRequest()?.nonce ?? '';
  const script = `<script nonce="${nonce}">document.title = 'ready';</script>`;
  text(
    res,
    `<!doctype html><title>Shop</title>${script}${render(html`<p id="name">${name}</p>`)}`,
    'text/html',
  );
}

const map = routeCsp({ extend: { 'frame-src': ['https://maps.example'] } });
const none = routeCsp(false);
const reportOnly = routeCsp({ reportOnly: true });
const widget = routeHeaders(given.widgetHeaders);

const pages: Routes = {
  'GET /': (_req, res) => text(res, 'hello'),
  'GET /page': page,
  'GET /json': (_req, res) => json(res, { ok: true }),
  'GET /redirect': (_req, res) => res.writeHead(302, { Location: '/page' }).end(),
  'GET /gone': (_req, res) => {
    res.statusCode = 410;
    text(res, 'gone');
  },
  'GET /cookies': (_req, res) => {
    res.setHeader('Set-Cookie', ['a=1', 'b=2']);
    text(res, 'cookies');
  },
  'GET /cached': (req, res) => {
    res.setHeader('Cache-Control', 'public, max-age=60');
    res.setHeader('CDN-Cache-Control', 'max-age=60');
    page(req, res);
  },
  'GET /style.css': (_req, res) => {
    res.writeHead(200, { 'Content-Type': 'text/css', 'Cache-Control': 'public, max-age=60' }).end('p{}');
  },
  'GET /etag': (req, res) => {
    res.setHeader('ETag', '"v1"');
    if (req.headers['if-none-match'] === '"v1"') res.writeHead(304).end();
    else page(req, res);
  },
  'GET /csp/map': (req, res) => {
    map(res);
    page(req, res);
  },
  'GET /csp/none': (req, res) => {
    none(res);
    page(req, res);
  },
  'GET /csp/report-only': (req, res) => {
    reportOnly(res);
    page(req, res);
  },
  'GET /widget': (_req, res) => {
    widget(res);
    text(res, 'widget');
  },
};

const errors = (world: given.World): Routes => ({
  'GET /throw/:what': (_req, _res, what) => {
    throw thrown(what);
  },
  'GET /reject/:what': async (_req, _res, what) => {
    await wait(1);
    throw thrown(what);
  },
  'GET /failing': (_req, res) => {
    for (const [name, value] of Object.entries(given.failingHeaders)) res.setHeader(name, value);
    res.setHeader('Set-Cookie', 'kept=1');
    throw new Error('hunter2');
  },
  'GET /late': async (_req, res) => {
    text(res, 'late');
    await wait(5);
    throw new Error('hunter2');
  },
  'GET /log': (_req, res) => json(res, world.log),
  'GET /events': async (_req, res) => json(res, await world.events()),
});

const streams = (world: given.World): Routes => ({
  'GET /stream': (_req, res) => stream(res, world.chunks()),
  'GET /broken-stream': (_req, res) => stream(res, world.brokenChunks()),
  'GET /failing-stream': (_req, res) => stream(res, world.failingChunks()),
  'GET /endless': (_req, res) => stream(res, world.endless()),
  'GET /open': (_req, res) => json(res, { open: world.open() }),
  'GET /slow': async (_req, res) => {
    await wait(50);
    text(res, 'slow');
  },
});

function stream(res: ServerResponse, chunks: AsyncGenerator<string>): Promise<void> {
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  return new Promise((resolve, reject) => {
    const source = Readable.from(chunks).on('error', reject);
    res.on('close', () => {
      source.destroy();
      resolve();
    });
    source.pipe(res);
  });
}

const bodies = (world: given.World): Routes => ({
  'POST /json': async (req, res) => json(res, { got: await readJson(req) }),
  'POST /order': async (req, res) => {
    const { product } = await readJson(req, { schema: given.orderSchema });
    json(res, { ordered: product });
  },
  'POST /form': async (req, res) => json(res, { got: await readForm(req) }),
  'POST /context-body': async (req, res) => {
    await readJson(req);
    json(res, context());
  },
  'POST /upload': async (req, res) => {
    const { fields, files } = await world.uploads.receive(req);
    json(res, { name: files.picture.name, bytes: files.picture.bytes, title: fields.get('title') });
  },
  'POST /raw': async (req, res) => {
    let bytes = 0;
    for await (const chunk of req) bytes += chunk.length;
    json(res, { bytes });
  },
});

const shared = routeCors(given.sharedCors);
const reports = cspReportHandler();

function guarded(world: given.World): Routes {
  const limited = routeRateLimit(world.limiter);
  return {
    'GET /users/:id': (_req, res) => json(res, context()),
    'GET /context/:how': async (_req, res, how) => json(res, await contextAfter(how)),
    '/shared/data': (req, res) => void (shared(req, res) || json(res, { shared: true })),
    'GET /limited': async (req, res) => {
      await limited(req, res);
      text(res, 'limited');
    },
    '/csp-reports': reports,
  };
}

function sessions({ options: { session } }: given.World): Routes {
  if (!session) return {};
  return {
    'GET /session': (req, res) => json(res, given.sessionFacts(session.of(req))),
    'POST /log-in': async (req, res) => {
      await session.of(req).logIn('ann');
      text(res, 'in');
    },
    'POST /name': async (req, res) => {
      await session.of(req).set({ name: 'lamp' });
      res.setHeader('Set-Cookie', 'theme=dark');
      text(res, 'saved');
    },
    'POST /log-out': async (req, res) => {
      await session.of(req).logOut();
      text(res, 'out');
    },
    'GET /form': (req, res) => {
      const form = html`<!doctype html><form method="post" action="/transfer">${csrfField(html, req)}</form>`;
      text(res, String(render(form)), 'text/html');
    },
    'GET /token': (req, res) => text(res, csrfToken(req)),
    'POST /transfer': async (req, res) => {
      await readForm(req);
      text(res, 'done');
    },
  };
}
