import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bulwark, bulwarkErrors } from 'bulwark/express';
import express from 'express';
import type { BrowserContext } from 'playwright-core';
import { launchChromium } from '../../machine/chromium.ts';
import { injections } from './csp-pages.ts';
import { addUses } from './csp-used-site.ts';

/** An application with the guard, a host of the attacker, and a browser. */
export interface CspSite {
  readonly origin: string;
  readonly context: BrowserContext;
  /** The numbers of the cases that ran, or asked the attacker's host. */
  readonly hits: Set<string>;
  close(): Promise<void>;
}

/** The markup of a case, in which what runs calls `hit(number)`. */
function written(at: number, evilOrigin: string): string {
  return (injections[at]?.markup ?? '')
    .replaceAll('HIT', `hit(${at})`)
    .replaceAll('CASE', String(at))
    .replaceAll('EVIL', evilOrigin);
}

export async function startCspSite(): Promise<CspSite> {
  const hits = new Set<string>();
  const evil = createServer((req, res) => {
    const at = /canary[^?]*\?(\d+)/.exec(req.url ?? '')?.[1];
    if (at) hits.add(at);
    res.setHeader('access-control-allow-origin', '*');
    const script = /\?(\d+)/.exec(req.url ?? '')?.[1];
    res
      .setHeader('content-type', /js/.test(req.url ?? '') ? 'text/javascript' : 'text/plain')
      .end(script && !at ? `hit(${script})` : 'hit("base")');
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  const evilOrigin = `http://localhost:${(evil.address() as AddressInfo).port}`;
  const app = express();
  app.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  app.use((req, res, next) =>
    req.query['off'] === undefined && !req.headers.referer?.includes('off=')
      ? guarded(req, res, next)
      : next(),
  );
  const guarded = bulwark({ csp: { trustedTypes: false } });
  app.get('/page', (req, res) => {
    const list = String(req.query['cases'])
      .split(',')
      .map(Number)
      .map((at) => written(at, evilOrigin))
      .join('\n');
    const nonce = res.locals['nonce'] === undefined ? '' : ` nonce="${res.locals['nonce']}"`;
    res
      .type('html')
      .send(
        `<!doctype html><title>x</title><body><div>${list}</div><script${nonce} src="/app.js"></script><script${nonce} src="late.js"></script></body>`,
      );
  });
  const number = (req: express.Request) => /\?.*?(\d+)/.exec(req.url)?.[1] ?? '0';
  app.get('/app.js', (_req, res) => {
    res
      .type('js')
      .send(
        `window.loaded = true; for (const one of document.querySelectorAll('.click')) one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));`,
      );
  });
  app.get('/late.js', (_req, res) => {
    res.type('js').send('window.late = true;');
  });
  app.get('/hit.js', (req, res) => {
    res.type('js').send(`hit(${number(req)})`);
  });
  app.get('/upload.txt', (req, res) => {
    res.type('text/plain').send(`hit(${number(req)})`);
  });
  app.get('/upload.html', (req, res) => {
    res.type('html').send(`<script>parent.hit(${number(req)})</script>`);
  });
  app.get('/upload.svg', (req, res) => {
    res
      .type('image/svg+xml')
      .send(
        `<svg xmlns="http://www.w3.org/2000/svg" id="x"><script>parent.hit(${number(req)})</script></svg>`,
      );
  });
  app.get('/jsonp', (req, res) => {
    res.type('js').send(`${String(req.query['callback'])}`);
  });
  app.get('/style.css', (_req, res) => {
    res.type('css').send('p { color: rgb(1, 2, 3) }');
  });
  addUses(app, evilOrigin);
  app.use(bulwarkErrors({ onError: () => {} }));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchChromium();
  const context = await browser.newContext();
  await context.exposeBinding('hit', (_source, what: unknown) => void hits.add(String(what)));

  return {
    origin,
    context,
    hits,
    async close() {
      await browser.close();
      for (const one of [server, evil]) {
        one.closeAllConnections();
        one.close();
      }
    },
  };
}
