import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TrustedProxyOptions, trustedProxies } from './trusted-proxies.ts';

type Headers = Readonly<Record<string, string>>;
const read = (
  option: number | TrustedProxyOptions,
  remote: string | undefined,
  headers: Headers,
  encrypted = false,
) => trustedProxies(option).read({ remote, encrypted, headers });
const forged = '6.6.6.6';

describe('the client', () => {
  const chain = { hops: 2, from: ['10.0.0.0/8', '198.51.100.0/24'] };

  it.each([
    ['behind a CDN and a proxy', '203.0.113.9, 198.51.100.7', '203.0.113.9', undefined],
    ['not what the client claimed', `${forged}, 203.0.113.9, 198.51.100.7`, '203.0.113.9', undefined],
    ['who went around the CDN', '203.0.113.9', '203.0.113.9', undefined],
    ['who went around the CDN and forged an entry', `${forged}, 203.0.113.9`, '203.0.113.9', '203.0.113.9'],
    ['who forged the CDN too', `${forged}, 198.51.100.7, 203.0.113.9`, '203.0.113.9', '203.0.113.9'],
    ['in the spelling of one mapped address', `${forged}, ::ffff:203.0.113.9`, '203.0.113.9', '203.0.113.9'],
    ['behind more proxies than were counted', '203.0.113.9, 10.0.0.9, 198.51.100.7', '10.0.0.9', undefined],
  ])('is the one %s', (_, list, client, peer) => {
    const found = read(chain, '10.0.0.2', { 'x-forwarded-for': list });
    expect(found.client).toBe(client);
    expect(found.ignored?.peer).toBe(peer);
  });

  it('is never an address that the client wrote, whatever it sends', () => {
    const claims = fc.array(
      fc.oneof(fc.constantFrom('10.0.0.2', '198.51.100.7', '::1', forged, ''), fc.string()),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(claims, fc.integer({ min: 1, max: 5 }), (list, hops) => {
        // One proxy, which appends what it saw, however many are configured.
        const header = [...list, '203.0.113.9'].join(',');
        expect(read({ hops, from: chain.from }, '10.0.0.2', { 'x-forwarded-for': header }).client).toBe(
          '203.0.113.9',
        );
        // None, and the port is reached directly.
        expect(
          read({ hops, from: chain.from }, '203.0.113.9', { 'x-forwarded-for': list.join(',') }).client,
        ).toBe('203.0.113.9');
      }),
    );
  });

  it('is read from `Forwarded` only if that is configured, and then from nothing else', () => {
    const headers = { 'x-forwarded-for': '203.0.113.9', forwarded: `for=${forged};proto=https` };
    expect(read(1, '10.0.0.2', headers)).toEqual({ client: '203.0.113.9', protocol: 'http' });
    const both = { 'x-forwarded-for': forged, forwarded: 'for=203.0.113.9;proto=https' };
    expect(read({ hops: 1, headers: 'forwarded' }, '10.0.0.2', both)).toEqual({
      client: '203.0.113.9',
      protocol: 'https',
    });
  });

  it.each([
    ['for=203.0.113.9', '203.0.113.9'],
    ['For="203.0.113.9:4711"; Proto=http', '203.0.113.9'],
    ['for="[2001:DB8:cafe::17]:4711"', '2001:db8:cafe::17'],
    [`for=${forged}, by=x;for=203.0.113.9`, '203.0.113.9'],
    [`for="${forged}, for=203.0.113.9`, '203.0.113.9'],
    [`for="${forged}\\", for=203.0.113.9`, '203.0.113.9'],
    ['for=unknown', '10.0.0.2'],
    ['for=_hidden', '10.0.0.2'],
    [`for=${forged};for=203.0.113.9`, '10.0.0.2'],
    [`for="${forged}`, '10.0.0.2'],
    ['proto=https', '10.0.0.2'],
    [' , ', '10.0.0.2'],
  ])('of `Forwarded: %s` is %s (RFC 7239)', (forwarded, client) => {
    expect(read({ hops: 1, headers: 'forwarded' }, '10.0.0.2', { forwarded }).client).toBe(client);
  });
});

describe('the scheme', () => {
  it.each([
    ['https', 'https'],
    ['HTTPS', 'https'],
    ['wss', 'https'],
    ['http', 'http'],
    ['ftp', 'http'],
    ['', 'http'],
    ['__proto__', 'http'],
    ['https, http', 'http'],
    ['http, https', 'https'],
  ])('of one proxy that sends %j is %s', (sent, protocol) => {
    expect(read(1, '10.0.0.2', { 'x-forwarded-proto': sent }).protocol).toBe(protocol);
  });

  it('is that of the outermost believed proxy, or of a shorter list', () => {
    const option = { hops: 2, from: ['10.0.0.0/8'] };
    const through = { 'x-forwarded-for': '203.0.113.9, 10.0.0.1' };
    expect(read(option, '10.0.0.2', { ...through, 'x-forwarded-proto': 'https, http' }).protocol).toBe(
      'https',
    );
    expect(read(option, '10.0.0.2', { ...through, 'x-forwarded-proto': 'http, https, http' }).protocol).toBe(
      'https',
    );
    expect(read(option, '10.0.0.2', { ...through, 'x-forwarded-proto': 'https' }).protocol).toBe('https');
    // One proxy only: the first entry is the client's.
    expect(
      read(option, '10.0.0.2', { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https, http' })
        .protocol,
    ).toBe('http');
  });

  it('is that of the connection where nobody is believed', () => {
    expect(read(0, '10.0.0.2', { 'x-forwarded-proto': 'https' }).protocol).toBe('http');
    expect(read(1, '203.0.113.9', { 'x-forwarded-proto': 'http' }, true).protocol).toBe('https');
    expect(read(1, '10.0.0.2', { 'x-forwarded-proto': 'junk' }, true).protocol).toBe('https');
  });
});

describe('the host', () => {
  const headers = { host: 'shop.example.com', 'x-forwarded-host': 'evil.example' };

  it('is that of `Host`, as proxies pass on a forged X-Forwarded-Host unless they are told not to', () => {
    expect(read(1, '10.0.0.2', headers).host).toBe('shop.example.com');
    expect(
      read(1, '10.0.0.2', { ':authority': 'shop.example.com', 'x-forwarded-host': 'evil.example' }).host,
    ).toBe('shop.example.com');
  });

  it('is that of X-Forwarded-Host where it is allowed and the peer is believed', () => {
    const option = { hops: 1, allowForwardedHost: true };
    const given = { host: 'app.internal', 'x-forwarded-host': 'evil.example, shop.example.com' };
    expect(read(option, '10.0.0.2', given).host).toBe('shop.example.com');
    expect(read(option, '203.0.113.9', given).host).toBe('app.internal');
    expect(
      read({ ...option, headers: 'forwarded' }, '10.0.0.2', { forwarded: 'host="a.example:8443"' }).host,
    ).toBe('a.example:8443');
  });

  it('is read from a web Headers, or given', () => {
    const facts = {
      remote: '10.0.0.2',
      encrypted: true,
      headers: new Headers({ 'x-forwarded-for': '203.0.113.9' }),
    };
    expect(trustedProxies(1).read({ ...facts, host: 'shop.example.com' })).toEqual({
      ...{ client: '203.0.113.9', protocol: 'https', host: 'shop.example.com' },
    });
  });
});

describe('options', () => {
  it.each([
    ...[
      -1,
      1.5,
      17,
      Number.NaN,
      '1',
      null,
      {},
      { hops: '1' },
      { hops: 1, from: [] },
      { hops: 1, from: '10.0.0.0/8' },
    ],
    ...[
      { hops: 1, from: ['10.0.0.0/33'] },
      { hops: 1, from: ['0.0.0.0/0'] },
      { hops: 1, from: ['::/0'] },
    ],
    ...[
      { hops: 1, from: ['::ffff:10.0.0.0/104'] },
      { hops: 1, from: ['10.0.0.256'] },
      { hops: 1, from: ['example.com'] },
    ],
    ...[
      { hops: 1, from: ['2001:db8::/129'] },
      { hops: 1, from: [1] },
      { hops: 1, headers: 'both' },
      { hop: 1 },
    ],
    ...[
      { hops: 1, from: ['fe80::1%eth0'] },
      { hops: 1, from: ['10.0.0.0/8 '] },
    ],
  ])('that make no sense are a mistake: %j', (option) => {
    expect(() => trustedProxies(option as never)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('are not read from a polluted prototype', () => {
    const prototype = Object.prototype as unknown as Record<string, unknown>;
    prototype['from'] = ['203.0.113.0/24'];
    prototype['allowForwardedHost'] = true;
    prototype['x-forwarded-for'] = forged;
    try {
      const proxies = trustedProxies({ hops: 1 });
      expect(proxies.read({ remote: '10.0.0.2', encrypted: false, headers: {} }).client).toBe('10.0.0.2');
      const headers = { 'x-forwarded-for': forged, 'x-forwarded-host': 'evil.example', host: 'a.example' };
      expect(proxies.read({ remote: '203.0.113.9', encrypted: false, headers })).toMatchObject({
        ...{ client: '203.0.113.9', host: 'a.example' },
      });
    } finally {
      for (const name of ['from', 'allowForwardedHost', 'x-forwarded-for']) delete prototype[name];
    }
  });
});
