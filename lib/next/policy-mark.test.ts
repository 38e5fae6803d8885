import { describe, expect, it } from 'vitest';
import type { NextOptions } from './next-options.ts';
import { pagePolicy } from './page-policy.ts';
import { markOf } from './policy-mark.ts';
import { type SealedRequest, sealedHeader, sealRequest } from './sealed-request.ts';
import { withBulwark } from './with-bulwark.ts';

const options: NextOptions = { origin: 'https://shop.example.com' };
const facts: SealedRequest = {
  ...{ id: 'one', nonce: 'dGhpcyBpcyAxMjggYml0cyE=', method: 'GET', target: '/api' },
  ...{ protocol: 'https', host: 'shop.example.com' },
};

/** The response of a handler behind a server or proxy that sent this mark. */
function answerOf(
  mark: string | undefined,
  own: () => Response,
  handlerOptions: object = options,
): Promise<Response> {
  const headers = { [sealedHeader]: sealRequest({ ...facts, ...(mark !== undefined && { mark }) }) };
  return withBulwark(own, handlerOptions)(new Request('https://shop.example.com/api', { headers }), {
    params: Promise.resolve({}),
  });
}

const same = markOf(pagePolicy(options)('/api'));
const json = (): Response => Response.json({ product: 7 });

describe('the mark of headers', () => {
  it('is the same for the same options', () => {
    expect(markOf(pagePolicy({ ...options })('/other'))).toBe(same);
  });

  it.each([
    { headers: { 'X-Frame-Options': 'SAMEORIGIN' } },
    { headers: false },
    { csp: false },
    { csp: { extend: { 'img-src': ['https://images.example.com'] } } },
    { routes: { '/api': { csp: false } } },
  ] as const)('differs for %j', (changes) => {
    expect(markOf(pagePolicy({ ...options, ...changes })('/api'))).not.toBe(same);
  });
});

describe('a handler whose server sets the same headers', () => {
  it('leaves the headers of JSON to the server', async () => {
    const { headers } = await answerOf(same, json);
    expect(headers.get('Content-Security-Policy')).toBeNull();
    expect(headers.get('X-Frame-Options')).toBeNull();
    expect(headers.get('Content-Type')).toBe('application/json');
  });

  it('sets the headers of a page, and keeps the page out of shared caches', async () => {
    const page = (): Response => new Response('<p>', { headers: { 'Content-Type': 'text/html' } });
    const { headers } = await answerOf(same, page);
    expect(headers.get('Content-Security-Policy')).toContain(facts.nonce);
    expect(headers.get('Cache-Control')).toContain('private');
  });

  it.each(['', 'text/html', 'image/svg+xml', 'application/jsonp', 'application/xml'])(
    'sets the headers of a response with type "%s"',
    async (type) => {
      const { headers } = await answerOf(
        same,
        () => new Response('1', { headers: { 'Content-Type': type } }),
      );
      expect(headers.get('X-Frame-Options')).toBe('DENY');
    },
  );

  it('leaves the headers of an error to the server', async () => {
    const response = await answerOf(same, () => {
      throw Object.assign(new Error('no'), { status: 404, expose: true });
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('X-Frame-Options')).toBeNull();
  });
});

describe('a handler whose server sets other headers, or none', () => {
  it.each([undefined, '', 'forged', markOf(pagePolicy({ csp: false })('/'))])(
    'sets its own (%j)',
    async (mark) => {
      const { headers } = await answerOf(mark, json);
      expect(headers.get('Content-Security-Policy')).toContain(facts.nonce);
      expect(headers.get('X-Frame-Options')).toBe('DENY');
    },
  );

  it('sets its own where its options differ', async () => {
    const own = { ...options, headers: { 'X-Frame-Options': 'SAMEORIGIN' } };
    const { headers } = await answerOf(same, json, own);
    expect(headers.get('X-Frame-Options')).toBe('SAMEORIGIN');
  });

  it('sets its own for a header that the client wrote', async () => {
    const forged = {
      [sealedHeader]: JSON.stringify([Date.now(), { ...facts, mark: same }]),
    };
    const request = new Request('https://shop.example.com/api', { headers: forged });
    const { headers } = await withBulwark(json, options)(request, { params: Promise.resolve({}) });
    expect(headers.get('X-Frame-Options')).toBe('DENY');
  });
});
