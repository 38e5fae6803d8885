import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRequest, type SealedRequest, sealRequest } from './sealed-request.ts';

const facts: SealedRequest = {
  ...{
    id: 'one',
    nonce: 'BBBBBBBBBBBBBBBBBBBBBB==',
    method: 'POST',
    target: '/caf\u00e9?a=b%20c.d',
    client: '203.0.113.9',
  },
  ...{ protocol: 'https', host: 'shop.example.com', served: true },
};

afterEach(() => {
  vi.useRealTimers();
});

describe('a sealed request', () => {
  it('opens to what was sealed, and is a valid header value', () => {
    const sealed = sealRequest(facts);
    expect(new Headers({ 'x-bulwark-request': sealed }).get('x-bulwark-request')).toBe(sealed);
    expect(openRequest(sealed)).toEqual(facts);
  });

  it('opens when it is no longer cached', () => {
    const sealed = sealRequest(facts);
    for (let id = 0; id < 600; id++) sealRequest({ ...facts, id: String(id) });
    expect(openRequest(sealed)).toEqual(facts);
  });

  it.each(['/caf\u00e9', '/\r\nset-cookie: a=1', '/\ud83d\ude00', '/\ud800', '/"\\', '/\u0000\u007f\u2028'])(
    'is one line of ASCII for the target %j',
    (target) => {
      const sealed = sealRequest({ ...facts, target });
      expect(sealed).toMatch(/^[ -~]+$/);
      for (let id = 0; id < 600; id++) sealRequest({ ...facts, id: String(id) });
      expect(openRequest(sealed)).toEqual({ ...facts, target });
    },
  );

  it.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a text without a seal', 'abc'],
    ['a seal alone', '.abc'],
    ['text that is not JSON', 'abc.abc'],
    ['a broken escape', '%.abc'],
    ['a long text', `${'a'.repeat(100_000)}.abc`],
  ])('is undefined for %s', (_what, value) => {
    expect(openRequest(value)).toBeUndefined();
  });

  it('is undefined with any character changed', () => {
    const sealed = sealRequest(facts);
    for (let at = 0; at < sealed.length; at++) {
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      expect(openRequest(changed)).toBeUndefined();
    }
  });

  it('has the same seal in a runtime without modules of Node', async () => {
    const sealed = sealRequest(facts);
    vi.stubGlobal('process', { env: process.env });
    vi.resetModules();
    try {
      const elsewhere = await import('./sealed-request.ts');
      expect(elsewhere.openRequest(sealed)).toEqual(facts);
      vi.unstubAllGlobals();
      expect(openRequest(elsewhere.sealRequest(facts))).toEqual(facts);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('is worthless after five minutes', () => {
    vi.useFakeTimers({ now: 0 });
    const sealed = sealRequest(facts);
    vi.setSystemTime(299_000);
    expect(openRequest(sealed)).toEqual(facts);
    vi.setSystemTime(301_000);
    expect(openRequest(sealed)).toBeUndefined();
  });
});
