import { Hono } from 'hono';
import {
  bulwark,
  bulwarkErrors,
  cspReportHandler,
  csrfField,
  csrfToken,
  form,
  json,
  routeCors,
  routeCsp,
  routeHeaders,
  routeRateLimit,
} from '../../lib/hono/index.ts';
import { html, render } from '../../lib/html/index.ts';
import { memoryStore, rateLimit } from '../../lib/rate-limit/index.ts';
import { redirectTo, safeRedirect } from '../../lib/redirect/index.ts';
import { currentRequest } from '../../lib/request/index.ts';
import { keyring } from '../../lib/secrets/index.ts';
import { sealedSessions } from '../../lib/session/sealed/index.ts';

/** A worker as an application would write it: what needs no file system, with all of its guards. */
const keys = keyring('Zm9yIHRlc3RzIG9ubHksIHRoaXMgaXMgbm8gc2VjcmV0IQ==');
const session = sealedSessions<{ name: string }>({ keys });
const limiter = rateLimit({ store: memoryStore(), limit: 2, windowSeconds: 60, key: 'address' });
const app = new Hono();
const secret = 'hunter2';

app.use(
  bulwark({
    ...{ origin: 'https://shop.example', session, csrf: { keys, logIn: ['/log-in'] } },
    ...{ csp: { reportTo: '/csp-reports' }, maxBodyBytes: 100_000 },
    cors: { origins: ['https://app.example'] },
    connection: (c) => ({ remote: c.req.header('cf-connecting-ip'), encrypted: true }),
  }),
);
app.onError(bulwarkErrors());

app.get('/', (c) => c.text('hello'));
app.get('/page', (c) => c.html(`<script nonce="${c.var.nonce}">document.title = 'ready';</script>`));
app.get('/map', routeCsp({ extend: { 'frame-src': ['https://maps.example'] } }), (c) => c.html('map'));
app.get('/widget', routeHeaders({ 'X-Frame-Options': false }), (c) => c.text('widget'));
app.use('/shared/*', routeCors({ origins: ['https://*.partner.example'] }));
app.get('/shared/data', (c) => c.json({ shared: true }));
app.get('/limited', routeRateLimit(limiter), (c) => c.text('limited'));
app.post('/json', json(), (c) => c.json({ got: c.req.valid('json') as never }));
app.post('/form', form(), (c) => c.json({ got: c.req.valid('form') }));
app.all('/csp-reports', cspReportHandler());
app.get('/throw', () => {
  throw new Error(secret);
});
app.get('/throw-text', () => {
  throw secret;
});
app.get('/go', (c) => c.redirect(String(safeRedirect(c.req.query('to')))));
app.get('/files/:name', (c) => c.redirect(String(redirectTo`/stored/${c.req.param('name')}`)));
app.post('/log-in', async (c) => {
  await c.var.session.logIn('ann');
  return c.text('in');
});
app.get('/session', (c) => c.json({ user: c.var.session.user ?? null }));
app.get('/form', (c) => c.html(String(render(html`<form method="post">${csrfField(html, c)}</form>`))));
app.get('/token', (c) => c.text(csrfToken(c)));
app.get('/context/:how', async (c) => {
  const known = (): object => {
    const { id, client, route, nonce } = currentRequest() ?? {};
    return { id, client, route, isSame: nonce === c.var.nonce };
  };
  const before = known();
  if (c.req.param('how') === 'await') await Promise.resolve();
  else await new Promise((resolve) => setTimeout(resolve, 5));
  return c.json({ before, after: known() });
});
app.get('/stream', (c) => {
  const chunks = ['one ', 'two ', 'three'].map((chunk) => new TextEncoder().encode(chunk));
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  });
  return c.body(body, 200, { 'Content-Type': 'text/plain' });
});

/** Without the option `connection`: the client has no address. */
const unknown = new Hono();
unknown.use(bulwark());
unknown.onError(bulwarkErrors());
unknown.get('/unknown/limited', routeRateLimit(limiter), (c) => c.text('limited'));
unknown.get('/unknown/client', (c) => c.json({ client: currentRequest()?.client ?? null }));
/** Without `bulwarkErrors`, as Hono answers errors itself. */
const plain = new Hono();
plain.use(bulwark({ maxBodyBytes: 10 }));
plain.post('/plain', (c) => c.text('passed'));

export default {
  fetch(request: Request, env: unknown, context: never): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    const site = pathname.startsWith('/unknown/') ? unknown : pathname === '/plain' ? plain : app;
    return site.fetch(request, env as object, context);
  },
};
