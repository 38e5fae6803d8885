import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';
import { trustedProxies } from './trusted-proxies.ts';

const proxy = '10.0.0.2';

describe('clientAddress', () => {
  it.each([
    ['the socket where no proxy is trusted', '203.0.113.9', '127.0.0.1', 0, '203.0.113.9'],
    ['the socket where there is no header', '203.0.113.9', undefined, 1, '203.0.113.9'],
    ['the last entry behind one proxy', proxy, '203.0.113.9', 1, '203.0.113.9'],
    ['not what the client claimed before it', proxy, '127.0.0.1, 6.6.6.6, 203.0.113.9', 1, '203.0.113.9'],
    ['the last but one behind two', proxy, '6.6.6.6, 203.0.113.9, 10.0.0.1', 2, '203.0.113.9'],
    ['the first where there are fewer entries than proxies', proxy, '203.0.113.9', 3, '203.0.113.9'],
    ['several header lines as one list', proxy, ['6.6.6.6', '203.0.113.9, 10.0.0.1'], 2, '203.0.113.9'],
    ['an entry with spaces and tabs', proxy, '6.6.6.6,\t 203.0.113.9 \t', 1, '203.0.113.9'],
    ['an entry without its port', proxy, '203.0.113.9:51234', 1, '203.0.113.9'],
    ['an entry without the highest port', proxy, '203.0.113.9:65535', 1, '203.0.113.9'],
    ['IPv6', proxy, '2001:db8::1', 1, '2001:db8::1'],
    ['IPv6 in brackets', proxy, '[2001:db8::1]', 1, '2001:db8::1'],
    ['IPv6 in brackets without its port', proxy, '[2001:db8::1]:443', 1, '2001:db8::1'],
    ['IPv6 in its one spelling', proxy, '2001:DB8:0:0:0:0:0:1', 1, '2001:db8::1'],
    ['IPv6 without its zone', 'fe80::1%eth0', undefined, 0, 'fe80::1'],
    ['IPv6 without a hostile zone', proxy, 'fe80::1%25.evil-zone:x', 1, 'fe80::1'],
    ['an IPv4-mapped socket as IPv4', '::ffff:203.0.113.9', undefined, 0, '203.0.113.9'],
    ['an IPv4-mapped address in hexadecimal as IPv4', proxy, '::FFFF:cb00:7109', 1, '203.0.113.9'],
    ['an IPv4-mapped address written out as IPv4', proxy, '0:0:0:0:0:ffff:203.0.113.9', 1, '203.0.113.9'],
    ['the header behind a Unix socket', 'unix', '203.0.113.9', 1, '203.0.113.9'],
    ['nothing behind a Unix socket without a header', 'unix', undefined, 1, undefined],
    ['nothing, not the header, where the peer is gone', undefined, '203.0.113.9', 1, undefined],
    ['a public peer, not its header', '198.51.100.7', '203.0.113.9', 1, '198.51.100.7'],
    ['a public IPv4-mapped peer, not its header', '::ffff:198.51.100.7', '127.0.0.1', 1, '198.51.100.7'],
    ['the header of a private IPv4-mapped peer', '::ffff:10.0.0.2', '203.0.113.9', 1, '203.0.113.9'],
    ['nothing for a socket path', '/run/app.sock', undefined, 0, undefined],
  ] as const)('gives %s', (_, remote, forwarded, proxies, expected) => {
    expect(clientAddress(remote, forwarded, proxies)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    ',',
    'unknown',
    '_hidden',
    '203.0.113',
    '203.0.113.256',
    '0203.0.113.9',
    '0x7f.0.0.1',
    '203.0.113.9.',
    '203.0.113.9:',
    '203.0.113.9:123456',
    '203.0.113.9:65536',
    '203.0.113.9:99999',
    '[2001:db8::1]:99999',
    '203.0.113.9:443:443',
    '[203.0.113.9]',
    '[2001:db8::1',
    '2001:db8::1]',
    '[2001:db8::1]x',
    '[2001:db8::1]:x',
    '[]',
    '[::1][::2]',
    ':::1',
    '<script>',
    '203.0.113.9\r\nSet-Cookie: a=b',
    `x${' '.repeat(100)}203.0.113.9`,
    `fe80::1%${'a'.repeat(1000)}`,
    '\uff11.1.1.1',
  ])('falls back to the proxy where its entry is no address: %s', (entry) => {
    expect(clientAddress(proxy, entry, 1)).toBe(proxy);
    expect(clientAddress(proxy, `6.6.6.6,${entry}`, 1)).toBe(proxy);
  });

  it('falls back to the nearest proxy, never past it', () => {
    expect(clientAddress(proxy, '6.6.6.6, unknown, 10.0.0.1', 2)).toBe('10.0.0.1');
    expect(clientAddress(proxy, '6.6.6.6,,10.0.0.1', 3)).toBe('10.0.0.1');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 17])('refuses to trust %s proxies', (proxies) => {
    expect(() => clientAddress(proxy, '203.0.113.9', proxies)).toThrow(
      expect.objectContaining({ code: 'bulwark/invalid-option' }),
    );
  });

  it('takes what trustedProxies returns', () => {
    const proxies = trustedProxies({ hops: 1, from: ['198.51.100.7'] });
    expect(clientAddress('198.51.100.7', '203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress(proxy, '203.0.113.9', proxies)).toBe(proxy);
  });

  it('reads only the end of a header of a megabyte', () => {
    expect(clientAddress(proxy, `${','.repeat(1_000_000)}203.0.113.9`, 1)).toBe('203.0.113.9');
    expect(clientAddress(proxy, `${'6.6.6.6,'.repeat(125_000)}203.0.113.9, 10.0.0.1`, 2)).toBe('203.0.113.9');
    expect(clientAddress(proxy, ' '.repeat(1_000_000), 16)).toBe(proxy);
    expect(clientAddress(proxy, '['.repeat(1_000_000), 16)).toBe(proxy);
    expect(clientAddress(proxy, '1'.repeat(1_000_000), 16)).toBe(proxy);
  });

  it('gives an address or nothing, and believes nothing before the trusted entries', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.ipV4(), (claimed, seen) => {
        expect(clientAddress(proxy, `${claimed},${seen}`, 1)).toBe(seen);
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 0, max: 16 }), (header, proxies) => {
        expect(clientAddress(proxy, header, proxies)).toMatch(/^[\da-f.:]+$/);
      }),
    );
  });

  it('gives one spelling for each IPv6 address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const client = clientAddress(proxy, address, 1);
        expect(clientAddress(proxy, `[${client?.toUpperCase()}]:1`, 1)).toBe(
          client?.includes('.') && !client.includes(':') ? proxy : client,
        );
      }),
    );
  });
});
