import { setTimeout as wait } from 'node:timers/promises';
import { html, render } from '../../../lib/html/index.ts';
import {
  cspReportHandler,
  csrfField,
  csrfToken,
  currentSession,
  form,
  json,
  type RouteContext,
  routeCors,
  routeRateLimit,
  upload,
} from '../../../lib/next/index.ts';
import { currentRequest } from '../../../lib/request/index.ts';
import { shared } from './world.ts';

export type Handler = (request: Request, context: RouteContext) => Response | Promise<Response>;
type Handlers = Readonly<Record<string, Handler>>;

const text = (body: string, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(body, { headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers } });

/** As the page, with headers of its own: a server component can't set any. */
const page = (headers: Readonly<Record<string, string>>): Response => {
  const script = `<script nonce="${currentRequest()?.nonce}">document.title = 'ready';</script>`;
  return text(`<!doctype html><title>Shop</title>${script}<p id="name">nobody</p>`, {
    'Content-Type': 'text/html; charset=utf-8',
    ...headers,
  });
};

async function last({ params }: RouteContext): Promise<string> {
  return String(Object.values((await params) ?? {})[0]);
}

const pages: Handlers = {
  'GET /': () => text('hello'),
  'GET /json': () => Response.json({ ok: true }),
  'GET /gone': () => new Response('gone', { status: 410, headers: { 'Content-Type': 'text/plain' } }),
  'GET /cookies': () => {
    const response = text('cookies');
    response.headers.append('Set-Cookie', 'a=1; Path=/');
    response.headers.append('Set-Cookie', 'b=2; Path=/');
    return response;
  },
  'GET /cached': () => page({ 'Cache-Control': 'public, max-age=60', 'CDN-Cache-Control': 'max-age=60' }),
  'GET /style.css': () => text('p{}', { 'Content-Type': 'text/css', 'Cache-Control': 'public, max-age=60' }),
  'GET /etag': (request) =>
    request.headers.get('if-none-match') === '"v1"'
      ? new Response(null, { status: 304, headers: { ETag: '"v1"' } })
      : page({ ETag: '"v1"' }),
  'GET /widget': () => text('widget'),
};

const errors: Handlers = {
  'GET /throw/[what]': async (_request, route) => {
    throw shared().thrown(await last(route));
  },
  'GET /reject/[what]': async (_request, route) => {
    await wait(1);
    throw shared().thrown(await last(route));
  },
  'GET /log': () => Response.json(shared().world.log),
  'GET /events': async () => Response.json(await shared().world.events()),
};

const stream = (chunks: AsyncGenerator<string>): Response => {
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await chunks.return(undefined);
      },
    }),
    { headers: { 'Content-Type': 'text/plain; charset=utf-8' } },
  );
};

const streams: Handlers = {
  'GET /stream': () => stream(shared().world.chunks()),
  'GET /broken-stream': () => stream(shared().world.brokenChunks()),
  'GET /failing-stream': () => stream(shared().world.failingChunks()),
  'GET /endless': () => stream(shared().world.endless()),
  'GET /open': () => Response.json({ open: shared().world.open() }),
  'GET /slow': async () => {
    await wait(50);
    return text('slow');
  },
};

const bodies: Handlers = {
  'POST /json': async (request) => Response.json({ got: await json(request) }),
  'POST /order': async (request) => {
    const { product } = await json(request, { schema: shared().given.orderSchema });
    return Response.json({ ordered: product });
  },
  'POST /form': async (request) => Response.json({ got: await form(request) }),
  'POST /context-body': async (request) => {
    await json(request);
    return Response.json(shared().requestContext.context());
  },
  'POST /upload': async (request) => {
    const { fields, files } = await upload(request, shared().world.uploads);
    return Response.json({
      name: files.picture.name,
      bytes: files.picture.bytes,
      title: fields.get('title'),
    });
  },
  'POST /raw': async (request) => {
    let bytes = 0;
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) bytes += chunk.byteLength;
    return Response.json({ bytes });
  },
};

const reports = cspReportHandler();
let sharing: ReturnType<typeof routeCors> | undefined;
let limited: ReturnType<typeof routeRateLimit> | undefined;

const shareData: Handler = (request) => {
  sharing ??= routeCors(shared().given.sharedCors);
  return sharing(request) ?? Response.json({ shared: true });
};

const guarded: Handlers = {
  'GET /users/[id]': () => Response.json(shared().requestContext.context()),
  'GET /context/[how]': async (_request, route) =>
    Response.json(await shared().requestContext.contextAfter(await last(route))),
  'GET /shared/data': shareData,
  'OPTIONS /shared/data': shareData,
  'GET /limited': async (request) => {
    limited ??= routeRateLimit(shared().world.limiter);
    await limited(request);
    return text('limited');
  },
  'GET /csp-reports': reports,
  'POST /csp-reports': reports,
};

const sessions: Handlers = {
  'GET /session': () => Response.json(shared().given.sessionFacts(currentSession())),
  'POST /log-in': async () => {
    await currentSession().logIn('ann');
    return text('in');
  },
  'POST /name': async () => {
    await currentSession().set({ name: 'lamp' });
    return text('saved', { 'Set-Cookie': 'theme=dark; Path=/' });
  },
  'POST /log-out': async () => {
    await currentSession().logOut();
    return text('out');
  },
  'GET /form': () =>
    text(
      String(render(html`<!doctype html><form method="post" action="/transfer">${csrfField(html)}</form>`)),
      {
        'Content-Type': 'text/html; charset=utf-8',
      },
    ),
  'GET /token': () => text(csrfToken()),
  'POST /transfer': async (request) => {
    await form(request);
    return text('done');
  },
};

export const handlers: Handlers = { ...pages, ...errors, ...streams, ...bodies, ...guarded, ...sessions };
