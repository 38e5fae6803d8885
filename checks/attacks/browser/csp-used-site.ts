import { routeCsp } from 'bulwark/express';
import type express from 'express';
import { usedPages } from './csp-used-pages.ts';

/** The pages of `usedPages`, and what they load. */
export function addUses(app: express.Express, evilOrigin: string): void {
  for (const [at, [, markup, , change]] of usedPages.entries()) {
    const ways: express.RequestHandler[] = change === undefined ? [] : [routeCsp(change)];
    app.get(`/use/${at}`, ...ways, (_req: express.Request, res: express.Response) => {
      res
        .type('html')
        .send(
          `<!doctype html><title></title><link rel=icon href="data:,"><body>${markup(String(res.locals['nonce'])).replaceAll('EVIL', evilOrigin)}</body>`,
        );
    });
  }
  const files: Record<string, readonly [string, string]> = {
    'a.js': ['js', "globalThis.a = 'a'"],
    'b.js': ['js', "export const b = 'b'"],
    'title.js': ['js', "document.title = 'loaded'"],
    'loader.js': [
      'js',
      "const s = document.createElement('script'); s.src = '/m/title.js'; document.body.append(s)",
    ],
    'worker.js': ['js', "postMessage('worker')"],
    'sw.js': ['js', ''],
  };
  for (const [name, [type, text]] of Object.entries(files))
    app.get(`/m/${name}`, (_req, res) => {
      res.type(type).send(text);
    });
  app.get('/m/pixel.gif', (_req, res) => {
    res.type('gif').send(Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'));
  });
  app.get('/m/other-pixel', (req, res) => {
    res.redirect(`http://localhost:${req.socket.localPort}/m/cdn.gif`);
  });
  app.get('/m/cdn.gif', (_req, res) => {
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    res.type('gif').send(Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'));
  });
  app.get('/m/events', (_req, res) => {
    res.type('text/event-stream').send('data: event\n\n');
  });
  app.post('/m/beacon', (_req, res) => {
    res.status(204).end();
  });
  app.post('/m/saved', (_req, res) => {
    res.type('html').send('<title>saved</title>');
  });
  app.get('/m/frameable', routeCsp({ directives: { 'frame-ancestors': ["'self'"] } }), (_req, res) => {
    res.setHeader('X-Frame-Options', 'SAMEORIGIN');
    res
      .type('html')
      .send(`<script nonce="${res.locals['nonce']}">parent.postMessage('framed', '*')</script>`);
  });
}
