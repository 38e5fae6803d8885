import { bulwark, bulwarkErrors, cspReportHandler, routeCsp, routeHeaders } from 'bulwark/express';
import { currentRequest } from 'bulwark/request';
import express, { type Express } from 'express';

/** An application with a route for each way to answer. */
export function application(): Express {
  const app = express();
  app.use(bulwark({ csp: { reportTo: '/csp-reports' } }));
  app.get('/plain', (_req, res) => {
    res.send('hello');
  });
  app.get('/nonce', (_req, res) => {
    res.json({ locals: res.locals['nonce'], context: currentRequest()?.nonce });
  });
  app.get('/late', async (_req, res) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    res.json({ locals: res.locals['nonce'], context: currentRequest()?.nonce });
  });
  app.get('/204', (_req, res) => {
    res.status(204).end();
  });
  app.get('/304', (_req, res) => {
    res.status(304).end();
  });
  app.get('/redirect', (_req, res) => {
    res.redirect('/plain');
  });
  app.get('/write-head', (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html' });
    res.end('x');
  });
  app.get('/write-head-array', (_req, res) => {
    res.writeHead(200, ['content-type', 'text/html'] as never);
    res.end('x');
  });
  app.get('/write-head-reason', (_req, res) => {
    res.writeHead(200, 'Fine', { 'content-type': 'text/html' });
    res.end('x');
  });
  app.get('/stream', (_req, res) => {
    res.type('html');
    res.write('<p>a');
    setTimeout(() => res.end('</p>'), 5);
  });
  app.get('/flush', (_req, res) => {
    res.flushHeaders();
    setTimeout(() => res.end('x'), 5);
  });
  app.get('/throw', () => {
    throw new Error('secret message /etc/passwd');
  });
  app.get('/throw-late', async () => {
    await null;
    throw new Error('secret message');
  });
  app.get('/throw-odd', (req) => {
    throw (
      {
        null: null,
        text: 'secret text',
        undef: undefined,
        object: { secret: 1 },
        status: { status: 200, message: 'secret' },
        huge: { status: 99999 },
        expose: Object.assign(new Error('secret shown'), { expose: true, status: 418 }),
        expose5: Object.assign(new Error('secret shown'), { expose: true, status: 503 }),
        headers: Object.assign(new Error('secret'), {
          status: 400,
          expose: true,
          headers: { 'Set-Cookie': 'a=b' },
        }),
      } as Record<string, unknown>
    )[String(req.query['what'])];
  });
  app.get('/throw-headers', (_req, res) => {
    res.setHeader('Content-Length', '3');
    res.setHeader('Content-Encoding', 'gzip');
    res.setHeader('ETag', '"x"');
    res.setHeader('Content-Disposition', 'attachment');
    res.setHeader('Cache-Control', 'public, max-age=99');
    res.type('html');
    throw new Error('secret');
  });
  app.get('/off', routeCsp(false), (_req, res) => {
    res.send('x');
  });
  app.get('/off-throw', routeCsp(false), routeHeaders({ 'X-Content-Type-Options': false }), () => {
    throw new Error('secret');
  });
  app.get('/removed-throw', (_req, res) => {
    res.removeHeader('Content-Security-Policy');
    res.removeHeader('X-Content-Type-Options');
    throw new Error('secret');
  });
  app.get('/report-only', routeCsp({ reportOnly: true }), (_req, res) => {
    res.send('x');
  });
  app.get('/map', routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } }), (_req, res) => {
    res.send('x');
  });
  app.get(
    '/twice',
    routeCsp({ extend: { 'frame-src': ['https://a.example.com'] } }),
    routeCsp({ extend: { 'frame-src': ['https://b.example.com'] } }),
    (_req, res) => {
      res.send('x');
    },
  );
  app.get(
    '/off-on',
    routeCsp(false),
    routeCsp({ extend: { 'img-src': ['https://a.example.com'] } }),
    (_req, res) => {
      res.send('x');
    },
  );
  app.get(
    '/widget',
    routeCsp({ directives: { 'frame-ancestors': ['https://partner.example.com'] } }),
    routeHeaders({ 'X-Frame-Options': false, 'Cross-Origin-Resource-Policy': 'cross-origin' }),
    (_req, res) => {
      res.send('x');
    },
  );
  app.get('/own', (_req, res) => {
    res.setHeader('Content-Security-Policy', "default-src 'none'");
    res.send('x');
  });
  app.get('/jsonp', (_req, res) => {
    res.jsonp({ a: 1 });
  });
  app.get('/json', (_req, res) => {
    res.json({ a: '</script>' });
  });
  app.get('/download', (_req, res) => {
    res.attachment('a.csv').send('a,b');
  });
  app.get('/jsonp-own', (_req, res) => {
    res.type('text/javascript').send('cb({})');
  });
  app.get('/users/:id', (_req, res) => {
    res.json({ route: currentRequest()?.route });
  });
  app.post('/body', express.json({ limit: 100 }), (req, res) => {
    res.json(req.body);
  });
  const router = express.Router();
  router.use(routeCsp({ extend: { 'img-src': ['https://outer.example.com'] } }));
  router.get('/inner', routeCsp({ extend: { 'img-src': ['https://inner.example.com'] } }), (_req, res) => {
    res.json({ route: currentRequest()?.route });
  });
  router.get('/boom', () => {
    throw new Error('secret');
  });
  app.use('/router', router);
  const sub = express();
  sub.get('/x', (_req, res) => {
    res.json({ powered: res.getHeader('x-powered-by') ?? null });
  });
  app.use('/sub', sub);
  const quiet = express().disable('x-powered-by');
  quiet.get('/x', (_req, res) => {
    res.json({});
  });
  app.use('/quiet', quiet);
  app.use('/csp-reports', cspReportHandler());
  app.use(bulwarkErrors({ onError: () => {} }));
  return app;
}
