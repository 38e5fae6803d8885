import { afterEach, describe, expect, it } from 'vitest';
import type { NextOptions } from '../next-options.ts';
import { openRequest, sealedHeader, sealRequest } from '../sealed-request.ts';
import { withBulwark } from '../with-bulwark.ts';
import { proxy } from './proxy.ts';

const url = 'https://shop.example.com/page?q=1';

/** The request headers that Next.js passes to the page for this response. */
function passedOn({ headers }: Response): Record<string, string> {
  const names = headers.get('x-middleware-override-headers')?.split(',') ?? [];
  return Object.fromEntries(names.map((name) => [name, headers.get(`x-middleware-request-${name}`) ?? '']));
}

afterEach(() => {
  delete process.env['BULWARK_NEXT_KEY'];
});

describe('proxy', () => {
  it('sets the headers, and a nonce of its own for each request', async () => {
    const run = proxy();
    const [one, other] = await Promise.all([run(new Request(url)), run(new Request(url))]);
    expect(one.headers.get('x-frame-options')).toBe('DENY');
    expect(one.headers.get('x-middleware-next')).toBe('1');
    const nonce = /'nonce-([^']+)'/.exec(one.headers.get('content-security-policy') ?? '')?.[1] ?? '';
    expect(atob(nonce)).toHaveLength(16);
    expect(other.headers.get('content-security-policy')).not.toContain(nonce);
    const read = passedOn(one);
    expect(read['content-security-policy']).toContain(nonce);
    expect(openRequest(read[sealedHeader])).toMatchObject({ nonce, method: 'GET', target: '/page?q=1' });
  });

  it('lets a handler with the same options leave the headers of JSON to it', async () => {
    const answer = async (options: NextOptions): Promise<Response> => {
      const headers = { [sealedHeader]: passedOn(await proxy()(new Request(url)))[sealedHeader] ?? '' };
      const run = withBulwark(() => Response.json({}), options);
      return run(new Request(url, { headers }), { params: Promise.resolve({}) });
    };
    expect((await answer({})).headers.has('x-frame-options')).toBe(false);
    const own = await answer({ headers: { 'X-Frame-Options': 'SAMEORIGIN' } });
    expect(own.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it.each([
    ['x-nonce', 'AAAAAAAAAAAAAAAAAAAAAA=='],
    ['X-Bulwark-Request', 'forged'],
    ['x-bulwark-user', 'admin'],
    ['X-Middleware-Subrequest', 'middleware:middleware:middleware'],
    ['x-middleware-prefetch', '1'],
    ['Content-Security-Policy', "script-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA=='"],
  ])('passes on no %s of a client', async (name, value) => {
    const read = passedOn(await proxy()(new Request(url, { headers: { [name]: value, accept: '*/*' } })));
    expect(Object.values(read)).not.toContain(value);
    expect(read['accept']).toBe('*/*');
  });

  it('passes on what a client may send, cookies and requests for components too', async () => {
    const headers = {
      cookie: 'a=1',
      rsc: '1',
      'next-router-prefetch': '1',
      purpose: 'prefetch',
      'next-action': 'abc',
    };
    const response = await proxy()(new Request(url, { headers }));
    expect(passedOn(response)).toMatchObject(headers);
    expect(response.headers.get('content-security-policy')).toContain('nonce-');
  });

  it("keeps the server's nonce and address, and leaves the headers of the response to it", async () => {
    const sealed = sealRequest({
      ...{ id: 'one', nonce: 'BBBBBBBBBBBBBBBBBBBBBB==', method: 'GET', target: '/page', served: true },
      ...{ protocol: 'https', host: 'shop.example.com', client: '203.0.113.9' },
    });
    const response = await proxy()(new Request(url, { headers: { [sealedHeader]: sealed } }));
    expect(response.headers.get('x-frame-options')).toBeNull();
    const read = passedOn(response);
    expect(read['content-security-policy']).toContain("'nonce-BBBBBBBBBBBBBBBBBBBBBB=='");
    expect(openRequest(read[sealedHeader])).toMatchObject({ client: '203.0.113.9', served: true });
  });

  it('believes no header that was sealed with another key', async () => {
    process.env['BULWARK_NEXT_KEY'] = 'another key, of 32 characters at least';
    const sealed = sealRequest({
      ...{ id: 'one', nonce: 'BBBBBBBBBBBBBBBBBBBBBB==', method: 'GET', target: '/', served: true },
      ...{ protocol: 'https', client: '203.0.113.9' },
    });
    delete process.env['BULWARK_NEXT_KEY'];
    const response = await proxy()(new Request(url, { headers: { [sealedHeader]: sealed } }));
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(openRequest(passedOn(response)[sealedHeader])?.client).toBeUndefined();
  });

  it("adds the headers to the application's own redirect and rewrite", async () => {
    const redirecting = proxy({}, () => Response.redirect('https://shop.example.com/log-in', 307));
    const redirect = await redirecting(new Request(url));
    expect(redirect.status).toBe(307);
    expect(redirect.headers.get('location')).toBe('https://shop.example.com/log-in');
    expect(redirect.headers.get('x-frame-options')).toBe('DENY');
    expect(redirect.headers.has('x-middleware-override-headers')).toBe(false);
    const rewriting = proxy(
      {},
      () => new Response(null, { headers: { 'x-middleware-rewrite': '/de/page' } }),
    );
    const rewrite = await rewriting(new Request(url, { headers: { 'x-nonce': 'A' } }));
    expect(rewrite.headers.get('x-middleware-rewrite')).toBe('/de/page');
    expect(passedOn(rewrite)['x-nonce']).toBeUndefined();
  });

  it("keeps what the application's own proxy passes on, but for internal headers", async () => {
    const own = proxy({}, () => {
      const headers = {
        'x-middleware-next': '1',
        'x-middleware-override-headers': 'accept,x-tenant,x-nonce,x-bulwark-request',
        'x-middleware-request-accept': '*/*',
        'x-middleware-request-x-tenant': 'one',
        'x-middleware-request-x-nonce': 'A',
        'x-middleware-request-x-bulwark-request': 'forged',
      };
      return new Response(null, { headers });
    });
    const read = passedOn(await own(new Request(url)));
    expect(read).toMatchObject({ accept: '*/*', 'x-tenant': 'one' });
    expect(read['x-nonce']).toBeUndefined();
    expect(openRequest(read[sealedHeader])?.method).toBe('GET');
  });

  it('the proxy of the application never sees a forged header', async () => {
    let seen: string | null = '';
    const run = proxy({}, ({ headers }) => {
      seen = headers.get('x-middleware-subrequest');
      return undefined;
    });
    await run(new Request(url, { headers: { 'x-middleware-subrequest': 'proxy' } }));
    expect(seen).toBeNull();
  });

  it('changes policy and headers of single paths', async () => {
    const run = proxy({
      routes: {
        '/map': { csp: { extend: { 'frame-src': ['https://maps.example'] } } },
        '/embed/*': { csp: false, headers: { 'X-Frame-Options': false } },
      },
    });
    const policyOf = async (path: string): Promise<string | null> =>
      (await run(new Request(`https://shop.example.com${path}`))).headers.get('content-security-policy');
    expect(await policyOf('/map')).toContain('https://maps.example');
    expect(await policyOf('/map/')).toContain('https://maps.example');
    expect(await policyOf('/maps')).not.toContain('https://maps.example');
    expect(await policyOf('/embed/one')).toBeNull();
    expect(await policyOf('/embedded')).toContain("'strict-dynamic'");
    const { headers } = await run(new Request('https://shop.example.com/embed/one'));
    expect(headers.get('x-frame-options')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    ['an unknown option', { cps: {} }],
    ['a path without a slash', { routes: { map: {} } }],
    ['a pattern of Next.js, which would never match', { routes: { '/users/[id]': {} } }],
    ['an unknown option of a route', { routes: { '/map': { nonce: 'A' } } }],
  ])('refuses %s at startup', (_what, options) => {
    expect(() => proxy(options as object)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('refuses a short key', async () => {
    process.env['BULWARK_NEXT_KEY'] = 'short';
    await expect(proxy()(new Request(url))).rejects.toThrow('32 characters');
  });
});
