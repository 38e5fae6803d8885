import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { liveAudits, type Verdicts } from '../../testing/live-audits.ts';
import { shop } from '../../testing/shop-server.ts';

const { audit, differences, overHttp, overHttps } = liveAudits();

function only(verdicts: Verdicts, ...names: readonly string[]): Verdicts {
  return Object.fromEntries(names.map((name) => [name, verdicts[name] ?? 'none']));
}

function all(verdict: Verdicts[string], ...names: readonly string[]): Verdicts {
  return Object.fromEntries(names.map((name) => [name, verdict]));
}

const ofPages = ['csp', 'nosniff', 'framing', 'referrer-policy', 'server-header', 'cors', 'source-maps'];
const ofErrors = ['error-details', 'error-page-tokens', 'debug-page'];
const ofPaths = ['exposed-git', 'exposed-env', 'backup-files', 'directory-listing', 'robots'];

describe('what was not seen of a site', () => {
  it('is unknown where every path redirects without end', async () => {
    const url = await overHttps((_, res) => res.writeHead(302, { Location: '/consent' }).end());
    const names = [...ofPages, ...ofErrors, ...ofPaths];
    expect(only(await audit(`${url}/`), ...names)).toEqual(all('unknown', ...names));
  });

  it('is only the redirect where http alone redirects without end', async () => {
    const secure = await overHttps(shop());
    const plain = await overHttp((_, res) => res.writeHead(302, { Location: '/en/' }).end());
    const verdicts = await audit(`${secure}/`, `${plain}/`);
    expect(verdicts['https-redirect']).not.toBe('pass');
    const names = [...ofPages, ...ofErrors, ...ofPaths];
    expect(only(verdicts, ...names)).toEqual(all('pass', ...names));
  });

  it('is unknown where a log-in is asked for on every path, as text', async () => {
    const url = await overHttps((_, res) =>
      res.writeHead(401, { 'Content-Type': 'text/plain', 'WWW-Authenticate': 'Basic realm="x"' }).end('No'),
    );
    const names = [...ofErrors, 'source-maps', 'mixed-content', 'framing', 'referrer-policy', 'csp'];
    const verdicts = await audit(`${url}/`);
    expect(Object.values(only(verdicts, ...names))).not.toContain('pass');
    expect(verdicts['cors']).toBe('pass');
  });
});

describe('errors', () => {
  it('are the same for what is not there and for what is asked for', async () => {
    const missing =
      'Traceback (most recent call last):\n  File "/srv/depot/app.py", line 41, in dispatch\nKeyError: ';
    const handler: RequestListener = (req, res) => {
      const path = req.url?.split('?')[0] ?? '';
      if (/^\/(?:$|app\.js$|\.well-known)/.test(path) || req.method === 'OPTIONS') return shop()(req, res);
      return res.writeHead(500, { 'Content-Type': 'text/html' }).end(`<pre>${missing}${path}</pre>`);
    };
    expect(await differences(handler)).toEqual({ 'error-details': 'fail', 'debug-page': 'fail' });
  });

  it.each<[string, string, Verdicts]>([
    ['a trace', 'stack', { 'error-details': 'fail', 'debug-page': 'fail' }],
    ['a sentence', 'message', {}],
  ])('of a broken escape are answered with %s', async (_, what, expected) => {
    const handler: RequestListener = (req, res) => {
      try {
        decodeURIComponent(req.url ?? '');
      } catch (error) {
        const text = what === 'stack' ? String((error as Error).stack) : 'Bad request';
        return res.writeHead(400, { 'Content-Type': 'text/plain' }).end(text);
      }
      return shop()(req, res);
    };
    expect(await differences(handler)).toEqual(expected);
  });

  it.each<[string, RegExp, Verdicts[string]]>([
    ['a parameter in the path', /^\/items\/%$/, 'fail'],
    ['the query of a page', /^\/items\/lamp\?.*%/, 'fail'],
    ['nothing', /^$/, 'pass'],
  ])('are found beside a page: %s', async (_, broken, verdict) => {
    const url = await overHttps((req, res) => {
      if (broken.test(req.url ?? '')) return res.writeHead(500).end('TypeError: id.trim is not a function');
      if (req.url?.startsWith('/items/lamp')) return shop()(Object.assign(req, { url: '/' }), res);
      return shop()(req, res);
    });
    expect((await audit(`${url}/items/lamp`))['error-details']).toBe(verdict);
  });
});

describe('an audit with all checks', () => {
  it('sends at most 60 requests, whatever it is given', async () => {
    let count = 0;
    const handler: RequestListener = (req, res) => {
      count += 1;
      const isPage = /^\/(?:\w+\/)?page\d/.test(req.url ?? '');
      if (!isPage) return shop()(req, res);
      const scripts = [1, 2, 3, 4, 5].map((one) => `<script src="/js/${one}.js"></script>`).join('');
      const headers = { 'Content-Type': 'text/html', 'Set-Cookie': 'session=k3J9xQ2mZ7pL0aB4' };
      return res.writeHead(200, headers).end(`<!doctype html>${scripts}`);
    };
    const url = await overHttps(handler);
    await audit(`${url}/page1`, `${url}/a/page2`, `${url}/b/page3`, `${url}/c/page4`, `${url}/d/page5`);
    expect(count).toBeGreaterThan(40);
    expect(count).toBeLessThanOrEqual(60);
  });
});
