import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownOrigin } from './own-origin.ts';

const shop = 'https://shop.example.com';
const inside = { protocol: 'http', host: 'app.internal:8080' } as const;

describe('a configured origin', () => {
  it.each([
    [shop, shop],
    ['HTTPS://Shop.Example.COM', shop],
    ['https://shop.example.com:443', shop],
    ['https://shop.example.com/', shop],
    ['http://localhost:80', 'http://localhost'],
    ['https://m\u00fcller.example', 'https://xn--mller-kva.example'],
    ['https://xn--mller-kva.example', 'https://M\u00dcLLER.example'],
    ['https://[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443'],
  ])('%s accepts %s, whatever the request names', (option, origin) => {
    expect(ownOrigin(option).accepts(origin, inside)).toBe(true);
    expect(ownOrigin(option).accepts(origin, { protocol: 'http' })).toBe(true);
  });

  it.each([
    ...['null', '', '*', 'http://shop.example.com', 'https://shop.example.com:8443', 'https://example.com'],
    ...['https://shop.example.com.', 'https://shop.example.com.evil.example', 'https://evilshop.example.com'],
    ...[
      'https://shop.example.com@evil.example',
      'https://evil.example#https://shop.example.com',
      'https://evil.example/shop.example.com',
    ],
    ...[
      'https://shop.example.com, https://evil.example',
      'https://shop.example.com evil',
      'https://shop.example.com\t',
    ],
    ...[
      'https://shop%2eexample.com',
      'https:shop.example.com',
      'https:/\\shop.example.com',
      'file://',
      'shop.example.com',
    ],
    ...[
      'https://shop.example.com:',
      'https://shop.example.com:99999',
      'http://app.internal:8080',
      `https://${'a'.repeat(2000)}`,
    ],
  ])('does not accept %j', (origin) => {
    // A URL parser drops an empty port, and no browser sends one.
    const same = origin === 'https://shop.example.com:';
    expect(ownOrigin(shop).accepts(origin, inside)).toBe(same);
  });

  it('is the origin of every request', () => {
    expect(ownOrigin(shop).of(inside)).toBe(shop);
    expect(ownOrigin(shop).expected(inside)).toBe(shop);
  });

  it('among several is the one that the request was sent to', () => {
    const own = ownOrigin([shop, 'https://admin.example.com', 'http://shop.example.com:8080']);
    const facts = { protocol: 'http', host: 'shop.example.com' } as const;
    expect(own.of(facts)).toBe(shop);
    expect(own.accepts(shop, facts)).toBe(true);
    expect(own.accepts('https://admin.example.com', facts)).toBe(false);
    expect(
      own.accepts('http://shop.example.com:8080', { protocol: 'http', host: 'shop.example.com:8080' }),
    ).toBe(true);
    // Where the host tells nothing, each may be it.
    expect(own.accepts('https://admin.example.com', inside)).toBe(true);
    expect(own.of(inside)).toBeUndefined();
    expect(own.expected(inside)).toContain(' or ');
  });

  it.each([
    ...[
      '',
      'null',
      '*',
      'shop.example.com',
      'https://*.example.com',
      'https://shop.example.com/app',
      'https://shop.example.com.',
    ],
    ...[
      'https://a:b@shop.example.com',
      'ftp://shop.example.com',
      'https://shop.example.com?x',
      [],
      [1],
      null,
      {},
      1,
      true,
    ],
    ...['https://shop.example.com:8443.', 'https://', ['https://a.example', 'b']],
  ])('is not %j', (option) => {
    expect(() => ownOrigin(option as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });
});

describe('a derived origin', () => {
  const own = ownOrigin();

  it.each([
    ['https', 'shop.example.com', shop],
    ['https', 'SHOP.example.com:443', shop],
    ['http', 'localhost:3000', 'http://localhost:3000'],
    ['http', 'shop.example.com:80', 'http://shop.example.com'],
    ['https', '[::1]:8443', 'https://[::1]:8443'],
  ] as const)('%s and %s is %s', (protocol, host, origin) => {
    expect(own.of({ protocol, host })).toBe(origin);
    expect(own.accepts(origin, { protocol, host })).toBe(true);
  });

  it.each(['', 'a b', 'evil.example/', 'a@b', 'a,b', 'a\r\nb', 'a:b', ':80', 'a?b', '..%2f', undefined])(
    'of the host %j is none, and accepts nothing',
    (host) => {
      const facts = { protocol: 'https', host } as const;
      expect(own.of(facts)).toBeUndefined();
      for (const origin of ['null', 'https://', `https://${host}`, shop])
        expect(own.accepts(origin, facts)).toBe(false);
      expect(own.expected(facts)).toContain('no valid host');
    },
  );

  it('accepts what browsers send for the same page, and nothing longer or shorter', () => {
    fc.assert(
      fc.property(
        fc.webUrl({ validSchemes: ['http', 'https'] }),
        fc.string({ minLength: 1, maxLength: 4 }),
        (text, more) => {
          const url = new URL(text);
          const facts = { protocol: url.protocol.slice(0, -1) as 'http', host: url.host };
          expect(own.accepts(url.origin, facts)).toBe(true);
          expect(own.accepts(`${url.origin.slice(0, -1)}`, facts)).toBe(false);
          const longer = `${url.origin}.${more}`;
          if (URL.canParse(longer)) expect(own.accepts(longer, facts)).toBe(false);
        },
      ),
    );
  });
});

describe('the explanation of a mismatch', () => {
  it('names both origins, and the proxy that ends TLS', () => {
    const text = ownOrigin().mismatch(shop, { protocol: 'http', host: 'shop.example.com' });
    expect(text).toBe(
      'The origin expected is http://shop.example.com; the one that came is https://shop.example.com. They differ only in the ' +
        'scheme, so a proxy probably ends TLS: set `trustedProxies`, or `origin`.',
    );
  });

  it('names the origin to configure where a proxy changes Host', () => {
    expect(ownOrigin().mismatch(shop, inside)).toContain(`set \`origin: '${shop}'\``);
    expect(ownOrigin('https://a.example').mismatch(shop, inside)).toContain('list both in `origin`');
  });

  it('repeats no other text of an attacker', () => {
    for (const sent of ['<script>', 'null\r\nX: y', `https://${'<'.repeat(9)}`, 'javascript:alert(1)']) {
      expect(ownOrigin(shop).mismatch(sent, inside)).not.toContain(sent);
    }
    expect(ownOrigin(shop).mismatch('null', inside)).toContain('came is null');
  });
});
