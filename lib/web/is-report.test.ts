import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { quietByDefault } from '../event/record.ts';
import { cspReportHandler as nodeReports, bulwark as onNode } from '../node/index.ts';
import { bulwark, cspReportHandler } from './index.ts';
import { isReport, reportPathOf } from './is-report.ts';

quietByDefault();

// Behind a TLS proxy that nobody told us of: the origin that we derive is not the one that the browser sees.
const options = { csrf: {}, csp: { reportTo: '/csp-reports' } };
const report = JSON.stringify({
  'csp-report': { 'document-uri': 'https://shop.example', 'blocked-uri': 'inline' },
});

type Ask = (path: string, init: RequestInit) => Promise<number>;

async function node(): Promise<Ask> {
  const reports = nodeReports();
  const listener = onNode(options, (req, res) => {
    if (req.url?.startsWith('/csp-reports')) reports(req, res);
    else res.end('done');
  });
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return async (path, init) => (await fetch(`http://127.0.0.1:${port}${path}`, init)).status;
}

async function web(): Promise<Ask> {
  const reports = cspReportHandler();
  const app = bulwark(options, (request) =>
    new URL(request.url).pathname.startsWith('/csp-reports') ? reports(request) : new Response('done'),
  );
  return async (path, init) => (await app(new Request(`http://shop.example${path}`, init))).status;
}

const from = (type: string, origin = 'https://shop.example'): RequestInit => ({
  ...{ method: 'POST', body: report },
  headers: { origin, 'content-type': type, cookie: '__Host-session=x' },
});

describe.each(Object.entries({ node, web }))('the report endpoint, on %s', (_, start) => {
  it.each(['application/csp-report', 'application/reports+json', 'application/csp-report; charset=utf-8'])(
    'takes reports as %s, where the CSRF check can not tell the own origin',
    async (type) => {
      const ask = await start();
      expect(await ask('/csp-reports', from(type))).toBe(204);
      expect(await ask('/csp-reports?from=page', from(type))).toBe(204);
    },
  );

  it.each([
    ['/orders', 'application/csp-report'],
    ['/csp-reports/orders', 'application/csp-report'],
    ['/csp-reports/', 'application/csp-report'],
    ['/orders?/csp-reports', 'application/csp-report'],
    ['//csp-reports', 'application/csp-report'],
    ['/csp-reports', 'text/plain'],
    ['/csp-reports', 'text/plain; a=application/csp-report'],
    ['/csp-reports', 'application/x-www-form-urlencoded'],
    ['/csp-reports', 'application/csp-reports'],
    ['/csp-reports', 'application/json'],
  ])('still refuses a request of another site to %s as %s', async (path, type) => {
    const ask = await start();
    expect(await ask(path, from(type, 'https://evil.example'))).toBe(403);
  });
});

describe('isReport', () => {
  const headers = { 'content-type': 'application/csp-report' };

  it('is true of a POST alone', () => {
    expect(isReport({ method: 'POST', url: '/r', headers }, '/r')).toBe(true);
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect(isReport({ method, url: '/r', headers }, '/r')).toBe(false);
    }
  });

  it('judges the path that came, also under a router', () => {
    const routed = { method: 'POST', url: '/r', originalUrl: '/orders/r', headers };
    expect(isReport(routed, '/r')).toBe(false);
    expect(isReport(routed, '/orders/r')).toBe(true);
  });

  it('is false of everything without an endpoint, also with a polluted prototype', () => {
    const prototype = Object.prototype as { reportTo?: string };
    prototype.reportTo = '/orders';
    try {
      for (const csp of [undefined, false, {}] as const) {
        expect(reportPathOf(csp)).toBeUndefined();
        expect(isReport({ method: 'POST', url: '/orders', headers }, reportPathOf(csp))).toBe(false);
      }
    } finally {
      delete prototype.reportTo;
    }
    expect(reportPathOf({ reportTo: 'https://shop.example/csp-reports?a=1' })).toBe('/csp-reports');
  });
});
