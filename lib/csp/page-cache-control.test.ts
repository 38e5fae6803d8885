import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCdnCacheControl, pageCacheControl } from './page-cache-control.ts';

describe('pageCacheControl', () => {
  it.each([
    [undefined, 'private, no-cache', false],
    ['', 'private, no-cache', false],
    ['private', 'private', false],
    ['no-store', 'no-store', false],
    ['Private, max-age=60', 'Private, max-age=60', false],
    ['no-cache', 'private, no-cache', false],
    ['public, max-age=0', 'private, max-age=0', false],
    ['public, no-cache', 'private, no-cache', false],
    ['no-cache, max-age=60', 'private, no-cache, max-age=60', false],
    ['max-age=0, must-revalidate', 'private, max-age=0, must-revalidate', false],
  ])('keeps what the application meant for one browser: %j', (own, value, wasShared) => {
    expect(pageCacheControl(own)).toEqual({ value, wasShared });
  });

  it.each([
    ['public, max-age=600', 'private, max-age=600'],
    ['public', 'private'],
    ['public, must-revalidate', 'private, must-revalidate'],
    ['max-age=600', 'private, max-age=600'],
    ['PUBLIC, S-MaxAge=600, Max-Age=0', 'private, Max-Age=0'],
    ['s-maxage="60", stale-while-revalidate=30', 'private, stale-while-revalidate=30'],
    ['private="set-cookie", max-age=60', 'private, max-age=60'],
    ['public,max-age=31536000,immutable', 'private, max-age=31536000, immutable'],
  ])('takes away what shares, and says so: %j', (own, value) => {
    expect(pageCacheControl(own)).toEqual({ value, wasShared: true });
  });

  it('lets nothing share, whatever stands beside `private` or `no-store`', () => {
    expect(pageCacheControl('private, public, s-maxage=60').value).toBe('private');
    expect(pageCacheControl('no-store, public').value).toBe('private, no-store');
    const directive = fc.constantFrom(
      ...[
        'public',
        'private',
        'no-store',
        'no-cache',
        's-maxage=9',
        'max-age=9',
        'private="a"',
        'x="a, private"',
      ],
    );
    fc.assert(
      fc.property(fc.array(directive), fc.constantFrom(',', ', ', ' ,'), (list, separator) => {
        const { value } = pageCacheControl(list.join(separator));
        const unquoted = value.replace(/"[^"]*"/g, '""');
        expect(unquoted).toMatch(/(?:^|[ ,])(?:private|no-store)(?:$|[ ,])/);
        expect(unquoted).not.toMatch(/public|s-maxage/);
        expect(pageCacheControl(value).value).toBe(value);
      }),
    );
  });
});

describe('isCdnCacheControl', () => {
  it('knows the headers that networks obey first, and no other', () => {
    for (const name of ['CDN-Cache-Control', 'cloudflare-cdn-cache-control', 'Surrogate-Control']) {
      expect(isCdnCacheControl(name)).toBe(true);
    }
    for (const name of ['Cache-Control', 'X-Cache', 'Surrogate-Key'])
      expect(isCdnCacheControl(name)).toBe(false);
  });
});
