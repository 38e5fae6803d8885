import type { RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CertificateMaker, createCertificateMaker } from '../../target/testing/certificates.ts';
import { type Served, served, serveHttp, serveRaw } from '../../target/testing/serve.ts';
import { type LookLimits, lookAtSite } from './look-at-site.ts';
import type { Site } from './site.ts';

let maker: CertificateMaker;
beforeAll(() => {
  maker = createCertificateMaker();
});
afterAll(() => maker?.remove());

const open: Served[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function look(urls: readonly string[], limits: Partial<LookLimits> = {}): Promise<Site> {
  const [first, ...rest] = urls.map((url) => new URL(url));
  if (first === undefined) throw new Error('no URL');
  return lookAtSite({ urls: [first, ...rest], allowHosts: [], ca: maker.ca, version: 'test', limits });
}

async function plain(handler: RequestListener): Promise<Served> {
  const one = await serveHttp(handler);
  open.push(one);
  return one;
}

async function secure(handler: RequestListener): Promise<Served & { readonly url: string }> {
  const server = createHttps(maker.make(), handler);
  server.on('tlsClientError', () => {});
  const one = await served(server, [], () => server.closeAllConnections());
  open.push(one);
  return { ...one, url: `https://127.0.0.1:${one.port}/` };
}

const shop: RequestListener = (req, res) => {
  const path = req.url ?? '';
  if (path === '/') {
    res.setHeader('Set-Cookie', ['session=abc; HttpOnly; Secure', 'theme=dark']);
    res
      .setHeader('Content-Type', 'text/html')
      .end('<script src="/js/app.js"></script><img src="/img/a.png">');
  } else if (path === '/js/app.js') res.end('run()\n//# sourceMappingURL=app.js.map\n');
  else if (path === '/js/app.js.map') res.end('{"version":3,"sources":["a.ts"]}');
  else if (path === '/api') res.setHeader('Access-Control-Allow-Origin', req.headers.origin ?? '*').end('{}');
  else res.writeHead(404).end('nothing here');
};

describe('a site', () => {
  it('is visited over https and http, with few requests', async () => {
    const https = await secure(shop);
    const http = await plain(
      (req, res) => void res.writeHead(301, { Location: `${https.url.slice(0, -1)}${req.url}` }).end(),
    );
    const site = await look([https.url, `${https.url}api`, `${http.origin}/`]);
    expect(site.origin).toBe(https.url.slice(0, -1));
    expect(site.gaps).toEqual([]);
    expect(site.requests).toBeLessThanOrEqual(60);
    expect(
      site.pages.map(({ first, second }) => [
        first.answers.map(({ status }) => status),
        second?.answers.length,
      ]),
    ).toEqual([
      [[200], 1],
      [[200], 1],
      [[301, 200], 2],
    ]);
    expect(site.http.map(({ answers }) => answers.map(({ status }) => status))).toEqual([
      [301, 200],
      [301, 404],
    ]);
    expect(site.tls).toHaveLength(1);
    expect(site.tls[0]?.certificate?.faults).toEqual([]);
    expect([...new Set(site.cookies.map(({ name, secure }) => `${name} ${secure}`))]).toEqual([
      'session true',
      'theme false',
    ]);
    expect(site.scripts).toMatchObject([
      {
        url: `${https.url}js/app.js`,
        reply: { status: 200 },
        map: { reply: { status: 200, body: '{"version":3,"sources":["a.ts"]}' } },
      },
    ]);
    expect(site.paths.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/.git/HEAD', '/js/', '/img/']),
    );
    expect(site.controls.every(({ reply }) => reply.kind === 'answer' && reply.status === 404)).toBe(true);
    expect(site.errors.map(({ kind, path }) => (path.length > 50 ? kind : path)).slice(1)).toEqual([
      ...['/%', '/%ff%fe', '/%00', '/?id[]=%27&page=%&q[a][b]=1', 'long'],
      ...['/api?id[]=%27&page=%&q[a][b]=1', '/api/%'],
    ]);
  });

  it('is asked by six foreign origins, and once with its own cookies', async () => {
    const { origin } = await plain(shop);
    const { cors } = await look([`${origin}/`]);
    const port = new URL(origin).port;
    expect(
      cors.filter(({ method, withCookies }) => method === 'GET' && !withCookies).map((one) => one.origin),
    ).toEqual([
      'https://bulwark-audit.example',
      'null',
      `http://127.0.0.1.bulwark-audit.example:${port}`,
      `http://bulwark-audit-127.0.0.1:${port}`,
      `http://bulwark-audit.127.0.0.1:${port}`,
      `https://127.0.0.1:${port}`,
    ]);
    expect(cors.filter(({ method }) => method === 'OPTIONS')).toHaveLength(6);
    expect(cors.filter(({ withCookies }) => withCookies)).toHaveLength(1);
  });

  it('gets only GET and OPTIONS, and no cookie but its own', async () => {
    const methods = new Set<string>();
    const cookies = new Set<string>();
    const { origin } = await plain((req, res) => {
      methods.add(req.method ?? '');
      cookies.add(req.headers.cookie ?? '');
      shop(req, res);
    });
    await look([`${origin}/`]);
    expect([...methods].sort()).toEqual(['GET', 'OPTIONS']);
    expect([...cookies].sort()).toEqual(['', 'session=abc; theme=dark']);
  });

  it('is not asked for more than its limit', async () => {
    const one = await plain(
      (_req, res) => void res.setHeader('Content-Type', 'text/html').end('<script src=a/b.js></script>'),
    );
    const site = await look(['', 'a', 'b', 'c', 'd'].map((path) => `${one.origin}/${path}`));
    expect(one.seen.length).toBeLessThanOrEqual(60);
    expect(site.requests).toBe(one.seen.length);
    expect(site.gaps).toEqual([expect.stringMatching(/^\d+ requests to the site were not sent/)]);
  });
});

describe('a hostile site', () => {
  it.each<[string, () => Promise<Served>]>([
    ['stalls', () => serveRaw(() => {})],
    ['hangs up', () => serveRaw((socket) => void socket.destroy())],
    ['speaks no HTTP', () => serveRaw((socket) => void socket.write('220 mail.example ESMTP\r\n'))],
  ])('that %s has no answer', async (_name, start) => {
    const one = await start();
    open.push(one);
    const site = await look([`${one.origin}/`, `${one.origin}/a`], { timeoutMs: 300 });
    expect(site.gaps).toEqual(['The site did not answer.']);
    expect(one.seen.length).toBeLessThanOrEqual(2);
  });

  it('that stalls on all but its page has an end', async () => {
    const one = await plain((req, res) => {
      if (req.url === '/') res.end('hello');
    });
    const site = await look([`${one.origin}/`], { timeoutMs: 300 });
    expect(site.pages[0]?.second?.answers).toHaveLength(1);
    expect(site.gaps).toEqual([expect.stringMatching(/were not sent/)]);
    expect(one.seen.length).toBeLessThanOrEqual(20);
  });

  it('that sends without end on every path has an end', async () => {
    const chunk = Buffer.alloc(65_536, 'a');
    const one = await plain((_req, res) => {
      const more = (): void => {
        while (!res.destroyed) if (!res.write(chunk)) return void res.once('drain', more);
      };
      more();
    });
    const site = await look([`${one.origin}/`]);
    expect(site.pages[0]?.first.answers[0]).toMatchObject({ isCut: true });
  });

  it('that redirects for ever, and elsewhere, has an end', async () => {
    const other = await plain((_req, res) => res.end('other'));
    const one = await plain((req, res) => {
      res.writeHead(302, { Location: req.url === '/out' ? `${other.origin}/` : `${req.url}x` }).end();
    });
    const site = await look([`${one.origin}/out`, `${one.origin}/`]);
    expect(site.pages.map(({ first }) => first.stopped?.reason)).toEqual(['outside', 'too-many-redirects']);
    expect(other.seen).toEqual([]);
  });
});
