import { describe, expect, it } from 'vitest';
import { RecentSeals } from './recent-seals.ts';
import { openRequest, type SealedRequest, sealRequest } from './sealed-request.ts';

const facts: SealedRequest = {
  ...{ id: 'one', nonce: 'dGhpcyBpcyAxMjggYml0cyE=', method: 'GET', target: '/a' },
  ...{ protocol: 'https', host: 'shop.example.com', client: '203.0.113.9' },
};

describe('recent seals', () => {
  it('keep at least the last 250, and at most 500', () => {
    const seals = new RecentSeals<number>();
    for (let i = 0; i < 1_000; i++) seals.keep(`seal ${i}`, i);
    const kept = Array.from({ length: 1_000 }, (_, i) => seals.get(`seal ${i}`)).filter(
      (one) => one !== undefined,
    );
    expect(kept.length).toBeGreaterThanOrEqual(250);
    expect(kept.length).toBeLessThanOrEqual(500);
    expect(kept.at(-1)).toBe(999);
  });

  it('are verified by their MAC once they are evicted, and forged ones never open', () => {
    const sealed = sealRequest(facts);
    for (let i = 0; i < 600; i++) sealRequest({ ...facts, id: `${i}` });
    expect(openRequest(sealed)).toMatchObject(facts);
    const dot = sealed.lastIndexOf('.');
    const other = sealRequest({ ...facts, client: '198.51.100.1' });
    // One payload with another payload's MAC.
    expect(openRequest(other.slice(0, other.lastIndexOf('.')) + sealed.slice(dot))).toBeUndefined();
    expect(openRequest(sealed.slice(0, dot))).toBeUndefined();
    expect(openRequest(`${sealed}A`)).toBeUndefined();
  });

  it('return facts that no reader can change', () => {
    const sealed = sealRequest(facts);
    expect(() => Object.assign(openRequest(sealed) as object, { client: '198.51.100.1' })).toThrow(TypeError);
    expect(openRequest(sealed)?.client).toBe('203.0.113.9');
  });
});
