import { beforeEach, describe, expect, it, vi } from 'vitest';
import { configureEvents } from '../event/index.ts';
import type { SecurityEvent } from '../event/security-event.ts';
import { memoryStore, rateLimit } from '../rate-limit/index.ts';
import { currentInputs, currentRequest } from '../request/context.ts';
import {
  type BulwarkOptions,
  bulwark,
  cspReportHandler,
  type Handler,
  routeCors,
  routeCsp,
  routeRateLimit,
} from './index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });
beforeEach(async () => {
  await recorder.flush();
  events.length = 0;
});
const codes = async (): Promise<string[]> => {
  await recorder.flush();
  return events.splice(0).map(({ code }) => code);
};

const origin = 'https://shop.example.com';
const ask = (
  handler: Handler,
  request: Request = new Request(`${origin}/`),
  options: BulwarkOptions = {},
): Promise<Response> =>
  bulwark({ onError: () => {}, ...options }, handler)(request, { remote: '203.0.113.9' });
const hello: Handler = () => new Response('hello');

/** A body without a length, and how much of it was asked for. */
function endless(): { readonly body: ReadableStream<Uint8Array>; pulled(): number } {
  let pulled = 0;
  const chunk = new Uint8Array(1_000);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
  return { body, pulled: () => pulled };
}
const post = (body: BodyInit, headers: Record<string, string> = {}): Request =>
  new Request(`${origin}/`, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);

describe('a web application', () => {
  it('has security headers, and a fresh nonce that page and policy share', async () => {
    const show: Handler = () => new Response(currentRequest()?.nonce);
    const [first, second] = [await ask(show), await ask(show)];
    const nonce = await first.text();
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(first.headers.get('x-frame-options')).toBe('DENY');
    expect(await second.text()).not.toBe(nonce);
  });

  it('keeps what the handler sets, also on an answer that cannot be changed', async () => {
    const own = { 'X-Frame-Options': 'SAMEORIGIN', 'Content-Security-Policy': "default-src 'none'" };
    const { headers } = await ask(() => new Response('x', { headers: own }));
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(headers.get('content-security-policy-report-only')).toBeNull();
    const moved = await ask(() => Response.redirect(`${origin}/x`, 303));
    expect([moved.status, moved.headers.get('location')]).toEqual([303, `${origin}/x`]);
    expect(moved.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('keeps a page with a nonce out of shared caches, and nothing else', async () => {
    const page =
      (type: string, own: Record<string, string> = {}): Handler =>
      () =>
        new Response('x', {
          headers: { 'Content-Type': type, 'Cache-Control': 'public, max-age=60', ...own },
        });
    const html = await ask(page('text/html', { 'CDN-Cache-Control': 'max-age=60' }));
    expect(html.headers.get('cache-control')).toBe('private, max-age=60');
    expect(html.headers.get('cdn-cache-control')).toBeNull();
    expect(await codes()).toEqual(['csp/shared-nonce']);
    expect((await ask(page('text/css'))).headers.get('cache-control')).toBe('public, max-age=60');
    const unset = await ask(() => new Response('x', { headers: { 'Content-Type': 'text/html' } }));
    expect(unset.headers.get('cache-control')).toBe('private, no-cache');
    expect(await codes()).toEqual([]);
  });

  it('sends a 304 without the policy whose nonce the stored page does not have', async () => {
    const stored = await ask(
      () => new Response(null, { status: 304, headers: { 'Cache-Control': 'max-age=60' } }),
    );
    expect(stored.headers.get('content-security-policy')).toBeNull();
    expect(stored.headers.get('cache-control')).toBe('private, max-age=60');
  });

  it('knows the request in its handler, and after an await', async () => {
    const handler: Handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      const texts = currentInputs()?.strings.map(({ text, source }) => `${source}: ${text}`);
      return Response.json([currentRequest()?.client, texts]);
    };
    const request = new Request(`${origin}/of/a%20b?q=c%20d`, { headers: { 'x-forwarded-for': '6.6.6.6' } });
    const [client, texts] = (await (await ask(handler, request)).json()) as [string, string[]];
    expect(client).toBe('203.0.113.9');
    expect(texts).toEqual(expect.arrayContaining(['path: a b', 'search: c d']));
  });

  it.each<[string, Handler]>([
    [
      'throws',
      () => {
        throw new Error('hunter2');
      },
    ],
    ['rejects with nothing', () => Promise.reject()],
    ['returns nothing', () => undefined as never],
    ['returns an error', () => Response.error()],
    [
      'returns what was read already',
      () => {
        const response = new Response('x');
        void response.text();
        return response;
      },
    ],
  ])('shows nothing of an error: a handler that %s', async (_how, handler) => {
    const onError = vi.fn();
    const response = await ask(handler, undefined, { onError });
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const { requestId, title } = (await response.json()) as { requestId: string; title: string };
    expect(title).toBe('The server could not answer.');
    expect(onError).toHaveBeenCalledExactlyOnceWith(onError.mock.calls[0]?.[0], requestId);
  });

  it.each([
    ['another host than its target', { host: 'evil.example' }],
    ['markup', { host: 'a"><script>' }],
  ])('refuses a Host with %s', async (_what, headers) => {
    const handler = vi.fn(hello);
    expect((await ask(handler, new Request(`${origin}/`, { headers }))).status).toBe(400);
    expect(handler).not.toHaveBeenCalled();
    expect(await codes()).toEqual(['request/invalid-host']);
    expect(
      (await ask(handler, new Request(`${origin}/`, { headers: { host: 'shop.example.com' } }))).status,
    ).toBe(200);
  });

  it('refuses a body that is announced as too large, and cuts one that grows too large', async () => {
    const size: Handler = async (request) => new Response(String((await request.arrayBuffer()).byteLength));
    const options = { maxBodyBytes: 10_000 };
    const handler = vi.fn(size);
    expect((await ask(handler, post('x', { 'content-length': '10001' }), options)).status).toBe(413);
    expect(handler).not.toHaveBeenCalled();
    const { body, pulled } = endless();
    expect((await ask(size, post(body), options)).status).toBe(413);
    expect(pulled()).toBeLessThan(1_000_000);
    expect(await codes()).toEqual(['request/body-too-large', 'request/body-too-large']);
    const fitting = await ask(size, post('x'.repeat(10_000)), options);
    expect([fitting.status, await fitting.text()]).toEqual([200, '10000']);
  });

  it('has a policy, limits and readers of its own on a route', async () => {
    const withMap = routeCsp({ extend: { 'frame-src': ['https://maps.example.com'] } });
    const none = routeCsp(false);
    const share = routeCors({ origins: ['https://app.example.com'] });
    const limit = routeRateLimit(
      rateLimit({ store: memoryStore(), limit: 1, windowSeconds: 60, key: 'address' }),
    );
    const app = bulwark({}, async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === '/map') withMap(request);
      if (pathname === '/none') none(request);
      if (pathname === '/limited') await limit(request);
      return (pathname === '/api' ? share(request) : undefined) ?? new Response('x');
    });
    const get = (path: string, init?: RequestInit): Promise<Response> =>
      app(new Request(origin + path, init), { remote: '203.0.113.9' });
    const policy = async (path: string): Promise<string | null> =>
      (await get(path)).headers.get('content-security-policy');
    expect(await policy('/map')).toContain('https://maps.example.com');
    expect(await policy('/none')).toBeNull();
    expect(await policy('/')).not.toContain('maps.example.com');
    const limited = [await get('/limited'), await get('/limited')];
    expect(limited.map(({ status, headers }) => [status, headers.has('retry-after')])).toEqual([
      [200, false],
      [429, true],
    ]);
    const headers = { origin: 'https://app.example.com', 'access-control-request-method': 'POST' };
    const preflight = await get('/api', { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      headers.origin,
    ]);
    expect((await get('/', { headers })).headers.get('access-control-allow-origin')).toBeNull();
    expect(() => withMap(new Request(origin))).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('receives reports', async () => {
    const reports = cspReportHandler();
    const headers = { 'content-type': 'application/csp-report' };
    const report = {
      'document-uri': origin,
      'effective-directive': 'img-src',
      'blocked-uri': 'https://a.example/',
    };
    expect((await ask(reports, post(JSON.stringify({ 'csp-report': report }), headers))).status).toBe(204);
    expect(await codes()).toEqual(['csp/violation']);
    const get = await ask(reports);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    const { body, pulled } = endless();
    expect((await ask(reports, post(body, headers))).status).toBe(413);
    expect(pulled()).toBeLessThan(1_000_000);
  });
});

describe('bulwark/web', () => {
  it('reports a mistake at start', () => {
    const misuse = expect.objectContaining({ name: 'Misuse', code: 'bulwark/invalid-option' });
    expect(() => bulwark({ trustProxies: 1 } as never, hello)).toThrow(misuse);
    expect(() => bulwark({ maxBodyBytes: -1 }, hello)).toThrow(misuse);
    expect(() => bulwark({}, undefined as never)).toThrow(misuse);
    expect(bulwark({ trustedProxies: { hops: 1, from: ['10.0.0.0/8'] } }, hello)).toBeTypeOf('function');
  });
});
