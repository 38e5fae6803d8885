import { afterEach, describe, expect, it } from 'vitest';
import { csrf } from '../csrf/csrf.ts';
import { targetOf } from './any-request.ts';

const prototype = Object.prototype as { originalUrl?: unknown };
afterEach(() => {
  delete prototype.originalUrl;
});

describe('targetOf', () => {
  it('is the URL that came, also where a router has cut its own part off', () => {
    expect(targetOf({ url: '/pay?a=1', headers: {} })).toBe('/pay?a=1');
    expect(targetOf({ url: '/pay', originalUrl: '/shop/pay', headers: {} })).toBe('/shop/pay');
    expect(targetOf({ url: 'http://shop.example/pay', headers: {} })).toBe('/pay');
    expect(targetOf(new Request('https://shop.example/pay?a=1'))).toBe('/pay?a=1');
  });

  it('is not what a polluted prototype says (CWE-1321)', () => {
    const guard = csrf({
      origin: 'https://shop.example',
      allowUnchecked: [{ path: '/webhooks/payment', because: 'the sender signs its requests' }],
    });
    const facts = { protocol: 'https', host: 'shop.example' } as const;
    const headers = { 'sec-fetch-site': 'cross-site' };
    prototype.originalUrl = '/webhooks/payment';
    expect(guard.check({ method: 'POST', url: '/transfer', headers }, facts)).toMatchObject({
      allow: false,
      code: 'csrf/cross-site',
    });
    expect(guard.check({ method: 'POST', url: '/webhooks/payment', headers }, facts).allow).toBe(true);
  });
});
