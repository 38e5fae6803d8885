import { describe, expect, it } from 'vitest';
import type { NodeRequest } from '../request/any-request.ts';
import { csrf } from './index.ts';

const guard = csrf({ origin: 'https://shop.example.com' });

function allows(method: string | undefined, url: string, headers: NodeRequest['headers'] = {}): boolean {
  const session = { binding: 'binding-of-session-1', hasCookie: true };
  return guard.check(
    { method, url, headers: { 'sec-fetch-site': 'cross-site', ...headers } },
    { protocol: 'https', host: 'shop.example.com', session },
  ).allow;
}

describe('method override: csrf/cross-site', () => {
  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'counts an unsafe %s on a GET',
    (name) => {
      for (const method of ['DELETE', 'post', ' PUT ', 'PURGE']) {
        expect(allows('GET', '/items/1', { [name]: method }), method).toBe(false);
      }
      for (const method of ['GET', 'head', 'OPTIONS', '']) {
        expect(allows('GET', '/items/1', { [name]: method }), method).toBe(true);
      }
    },
  );

  it.each([
    '/items/1?_method=DELETE',
    '/items/1?_method=delete',
    '/items/1?a=b&_method=PUT',
    '/items/1?%5Fmethod=DELETE',
    '/items/1?_method=%44ELETE',
    '/items/1?_%6dethod=DELETE',
    '/items/1?_method=GET&_method=DELETE',
    '/items/1?_method[]=DELETE',
    '/items/1?_method=%20DELETE',
    '/items/1?_METHOD=DELETE',
  ])('counts %s on a GET', (url) => {
    expect(allows('GET', url)).toBe(false);
    expect(allows('HEAD', url)).toBe(false);
  });

  it.each([
    '/items/1?_method=GET',
    '/items/1?_method=paypal',
    '/items/1?q=_method',
    '/items/1?payment_method=DELETE',
    '/items/1?method=DELETE',
    '/items/_method=DELETE',
    '/items/1?100%',
    '/items/1?q=%_method%',
    '/items/1',
  ])('lets a link to %s pass', (url) => {
    expect(allows('GET', url)).toBe(true);
  });

  it('keeps a POST unsafe that claims to be a GET', () => {
    expect(allows('POST', '/items', { 'x-http-method-override': 'GET' })).toBe(false);
    expect(allows('POST', '/items?_method=GET')).toBe(false);
    expect(
      allows('POST', '/items', { 'sec-fetch-site': 'same-origin', 'x-http-method-override': 'PUT' }),
    ).toBe(true);
  });

  it('counts a request without method as a GET, as Node does', () => {
    expect(allows(undefined, '/')).toBe(true);
    expect(allows('', '/')).toBe(false);
  });
});
