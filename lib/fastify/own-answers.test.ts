import { connect } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { bulwark, cspReportHandler, defendServer, staticFiles } from './index.ts';

let app: FastifyInstance;
afterEach(() => app.close());

async function start(prepare: (app: FastifyInstance) => unknown = () => {}, options = {}): Promise<string> {
  app = fastify({ forceCloseConnections: true, ...options });
  await app.register(bulwark, { onError: () => {} });
  await prepare(app);
  return app.listen({ port: 0, host: '127.0.0.1' });
}

/** The whole answer to bytes that fetch would not send. */
function exchange(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    connect(Number(new URL(url).port), '127.0.0.1')
      .on('data', (chunk) => {
        answer += chunk;
      })
      .on('close', () => resolve(answer))
      .on('error', reject)
      .write(bytes);
  });
}

const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;

describe('what Fastify answers before any hook runs', () => {
  it.each([
    ['/%', 400],
    ['/users/%ff', 400],
    ['/users/hunter2%', 400],
    [`/users/${'hunter2'.repeat(20)}`, 414],
  ])('answers %s with the headers, and without the URL', async (target, status) => {
    const url = await start((site) => site.get('/users/:id', () => 'x'));
    const answer = await exchange(url, get(target));
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(answer).toMatch(/content-security-policy: /i);
    expect(answer).not.toContain('hunter2');
    expect(answer).not.toContain('FST_');
  });

  it('does so by inject, which has no socket', async () => {
    await start((site) =>
      site.get('/ip', () => import('../request/context.ts').then((m) => m.currentRequest()?.client)),
    );
    const bad = await app.inject({ url: '/%' });
    expect([bad.statusCode, bad.headers['content-type']]).toEqual([400, 'application/problem+json']);
    const ip = await app.inject({ url: '/ip', remoteAddress: '203.0.113.7' });
    expect([ip.body, ip.headers['x-frame-options']]).toEqual(['203.0.113.7', 'DENY']);
  });

  it('leaves a handler of the application', async () => {
    const url = await start(undefined, {
      frameworkErrors: (
        _error: unknown,
        _request: unknown,
        reply: { code(n: number): { send(s: string): void } },
      ) => reply.code(400).send('mine'),
    });
    expect(await exchange(url, get('/%'))).toMatch(/mine$/);
  });

  it('answers the 404 without the URL, from reply.callNotFound too', async () => {
    const url = await start((site) => site.get('/call', (_request, reply) => void reply.callNotFound()));
    for (const target of ['/hunter2', '/call']) {
      const answer = await exchange(url, get(target));
      expect(answer).toMatch(/^HTTP\/1\.1 404 [\s\S]*"title":"Not Found"/);
      expect(answer).not.toContain('hunter2');
    }
  });
});

describe('malformed HTTP', () => {
  it('is answered once, without details, with and without defendServer', async () => {
    for (const defend of [false, true]) {
      const url = await start((site) => defend && defendServer(site.server));
      const answer = await exchange(url, 'GET / HTTP/1.1\r\nHost: x\r\nBad header\r\n\r\n');
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
      expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"title":"Bad Request"/);
      if (!defend) await app.close();
    }
  });
});

describe('static files', () => {
  it('serves a file with the headers, and answers the rest as the application does', async () => {
    const folder = new URL('../../checks/conformance/assets', import.meta.url).pathname;
    const url = await start((site) => site.register(staticFiles(folder), { prefix: '/assets' }));
    const file = await exchange(url, get('/assets/site.css'));
    expect(file).toMatch(/^HTTP\/1\.1 200 /);
    expect(file).toMatch(/x-content-type-options: nosniff/i);
    for (const target of [
      '/assets/../package.json',
      '/assets/%2e%2e/package.json',
      '/assets/%73ite.css',
      '/assets/none',
    ]) {
      expect(await exchange(url, get(target))).toMatch(/^HTTP\/1\.1 404 [\s\S]*"title":"Not Found"/);
    }
    expect(await exchange(url, get('/assets/folder'))).toMatch(
      /^HTTP\/1\.1 308 [\s\S]*location: \/assets\/folder\//i,
    );
  });
});

describe('reports', () => {
  it('takes a report of any type that browsers send, and needs no parser for it', async () => {
    const url = await start((site) => site.register(cspReportHandler(), { prefix: '/csp-reports' }));
    const send = (type: string, body: string): Promise<number> =>
      fetch(`${url}/csp-reports`, { method: 'POST', headers: { 'Content-Type': type }, body }).then(
        ({ status }) => status,
      );
    const report = JSON.stringify({
      'csp-report': { 'document-uri': 'https://x/', 'violated-directive': 'script-src' },
    });
    const modern = JSON.stringify([
      {
        type: 'csp-violation',
        url: 'https://x/',
        body: { documentURL: 'https://x/', effectiveDirective: 'script-src' },
      },
    ]);
    expect(await send('application/csp-report', report)).toBe(204);
    expect(await send('application/reports+json', modern)).toBe(204);
    expect(await send('text/plain', report)).toBe(415);
    expect((await fetch(`${url}/csp-reports`)).status).toBe(405);
  });
});
