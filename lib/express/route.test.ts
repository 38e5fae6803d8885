import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type RequestHandler } from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clearSiteData } from '../headers/index.ts';
import { type BulwarkOptions, bulwark, bulwarkErrors, routeCsp, routeHeaders } from './index.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The headers of a route behind these handlers. */
async function headersOf(options: BulwarkOptions, ...handlers: RequestHandler[]): Promise<Headers> {
  const app = express().use(bulwark(options));
  app.get('/', ...handlers, (_req, res) => void res.send('x'));
  app.use(bulwarkErrors({ onError: () => {} }));
  return (await fetch(await serve(app))).headers;
}
const enforced = 'content-security-policy';
const reported = 'content-security-policy-report-only';

describe('bulwark', () => {
  it('sends an enforced policy, and Trusted Types as reported', async () => {
    const headers = await headersOf({});
    expect(headers.get(enforced)).toContain("base-uri 'none'");
    expect(headers.get(reported)).toContain("require-trusted-types-for 'script'");
    expect(headers.get('reporting-endpoints')).toBeNull();
  });

  it("joins the application's own endpoints with that of the policy", async () => {
    const endpoints = { 'Reporting-Endpoints': 'default="/r"' };
    const headers = await headersOf({ headers: endpoints, csp: { reportTo: '/csp' } });
    expect(headers.get('reporting-endpoints')).toBe('default="/r", csp="/csp"');
    const without = await headersOf({ headers: endpoints, csp: { reportTo: '/csp' } }, routeCsp(false));
    expect(without.get('reporting-endpoints')).toBe('default="/r"');
  });

  it('is not switched off by a polluted prototype', async () => {
    const polluted = Object.prototype as unknown as Record<string, unknown>;
    for (const name of ['csp', 'headers']) polluted[name] = false;
    polluted['allowJsonp'] = true;
    let middleware: ReturnType<typeof bulwark>;
    try {
      middleware = bulwark({});
    } finally {
      for (const name of ['csp', 'headers', 'allowJsonp']) delete polluted[name];
    }
    const app = express().use(middleware);
    app.get('/', (_req, res) => void res.send('x'));
    const { headers } = await fetch(await serve(app));
    expect(headers.get(enforced)).toContain('strict-dynamic');
    expect(headers.get('x-frame-options')).toBe('DENY');
  });
});

describe('routeCsp', () => {
  it('extends, replaces and leaves out directives of one route, and of no other', async () => {
    const app = express().use(bulwark({ csp: { reportTo: '/csp' } }));
    const show: RequestHandler = (_req, res) => void res.json(res.locals['nonce']);
    app.get('/map', routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } }), show);
    app.get(
      '/widget',
      routeCsp({ directives: { 'frame-ancestors': ['https://a.example'], 'form-action': false } }),
      show,
    );
    app.get('/', show);
    const url = await serve(app);
    const map = await fetch(`${url}/map`);
    expect(map.headers.get(enforced)).toContain(
      "; frame-src 'self' https://maps.example.com; report-uri /csp",
    );
    expect(map.headers.get(enforced)).toContain(`'nonce-${await map.json()}'`);
    expect(map.headers.get(reported)).toContain('require-trusted-types-for');
    const widget = (await fetch(`${url}/widget`)).headers.get(enforced);
    expect(widget).toContain('frame-ancestors https://a.example');
    expect(widget).not.toContain('form-action');
    const other = (await fetch(url)).headers.get(enforced);
    expect(other).toContain("form-action 'self'; frame-ancestors 'none'");
    expect(other).not.toContain('maps.example.com');
  });

  it('removes every header of the policy, and brings it back further in', async () => {
    const off = await headersOf({ csp: { reportTo: '/csp' } }, routeCsp(false));
    for (const name of [enforced, reported, 'reporting-endpoints']) expect(off.get(name)).toBeNull();
    expect(off.get('x-frame-options')).toBe('DENY');
    const on = await headersOf({ csp: false }, routeCsp({ trustedTypes: false }));
    expect(on.get(enforced)).toContain('strict-dynamic');
    expect(on.get(reported)).toBeNull();
  });

  it('adds up, from the outer router to the route', async () => {
    const headers = await headersOf(
      {},
      routeCsp({ extend: { 'img-src': ['https://a.example'] } }),
      routeCsp({ extend: { 'img-src': ['https://b.example'] }, trustedTypes: 'enforce' }),
    );
    expect(headers.get(enforced)).toContain("img-src 'self' data: https://a.example https://b.example");
    expect(headers.get(enforced)).toContain('require-trusted-types-for');
    expect(headers.get(reported)).toBeNull();
  });

  it('reports only, on a route that is being moved', async () => {
    const headers = await headersOf({}, routeCsp({ reportOnly: true }));
    expect(headers.get(enforced)).toBeNull();
    expect(headers.get(reported)).toContain('strict-dynamic');
  });

  it('shows a mistake at start', () => {
    expect(() => routeCsp({ extend: { 'script-src': ["'unsafe-inline'"] } })).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'csp/unsafe-scripts' }),
    );
    expect(() => routeCsp({ directives: { 'img-scr': [] } })).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'csp/invalid-directive' }),
    );
    expect(routeCsp({ extend: { 'img-src': ['https:'] } })).toBeTypeOf('function');
  });

  it('refuses to stand before bulwark()', async () => {
    const told = vi.fn();
    const app = express();
    app.get('/', routeCsp({}), (_req, res) => void res.send('x'));
    app.use(bulwarkErrors({ onError: told }));
    expect((await fetch(await serve(app))).status).toBe(500);
    expect(told.mock.calls[0]?.[0]).toMatchObject({ name: 'Misuse', code: 'bulwark/invalid-option' });
  });
});

describe('routeHeaders', () => {
  it('really removes, replaces and adds', async () => {
    const headers = await headersOf(
      {},
      routeHeaders({
        'x-frame-options': false,
        'Strict-Transport-Security': false,
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Clear-Site-Data': clearSiteData(['cookies']),
      }),
    );
    for (const name of ['x-frame-options', 'strict-transport-security']) expect(headers.get(name)).toBeNull();
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('clear-site-data')).toBe('"cookies"');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('shows a mistake at start', () => {
    expect(() => routeHeaders({ 'X-Frame-Options': 'ALLOW-FROM https://a.example' })).toThrow(
      expect.objectContaining({ name: 'Misuse', code: 'headers/invalid-value' }),
    );
    expect(routeHeaders({ 'X-Frame-Options': 'SAMEORIGIN' })).toBeTypeOf('function');
  });
});

describe('JSON', () => {
  it('is JSON, which no browser takes for a page', async () => {
    const app = express().use(bulwark());
    app.get('/', (_req, res) => void res.json({ markup: '<script>alert(1)</script>' }));
    const { headers } = await fetch(await serve(app));
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is not sent as JSONP, unless that was asked for', async () => {
    const told = vi.fn();
    const make = (options: BulwarkOptions): Promise<string> => {
      const app = express().use(bulwark(options));
      app.get('/', (_req, res) => void res.jsonp({ secret: 1 }));
      app.use(bulwarkErrors({ onError: told }));
      return serve(app);
    };
    const refused = await fetch(`${await make({})}/?callback=steal`);
    expect(refused.status).toBe(500);
    expect(await refused.text()).not.toContain('steal');
    expect(told.mock.calls[0]?.[0]).toMatchObject({ name: 'Misuse', code: 'headers/jsonp' });
    const allowed = await fetch(`${await make({ allowJsonp: true })}/?callback=steal`);
    expect(await allowed.text()).toContain('steal({"secret":1})');
  });

  it('of an error has nothing of a page, whatever the route switched off', async () => {
    const thrown = await fetch(`${await serve(appThatThrows())}/`);
    expect(thrown.headers.get('content-type')).toBe('application/problem+json');
    expect(thrown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(thrown.headers.get(enforced)).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(await thrown.text()).not.toMatch(/[<>]/);
  });
});

function appThatThrows(): Express {
  const app = express().use(bulwark({ csp: false, headers: false }));
  app.get('/', (_req, res) => {
    res.type('html');
    throw new Error('<script>alert(1)</script>');
  });
  return app.use(bulwarkErrors({ onError: () => {} }));
}
