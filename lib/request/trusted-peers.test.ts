import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipAddress } from './ip-address.ts';
import { trustedPeers } from './trusted-peers.ts';
import { type TrustedProxyOptions, trustedProxies } from './trusted-proxies.ts';

type Headers = Readonly<Record<string, string>>;
const read = (
  option: number | TrustedProxyOptions,
  remote: string | undefined,
  headers: Headers,
  encrypted = false,
) => trustedProxies(option).read({ remote, encrypted, headers });
const forged = '6.6.6.6';

describe('a peer that is believed', () => {
  it.each([
    ...['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '10.0.0.1', '172.16.0.1', '172.31.255.255'],
    ...[
      '192.168.1.1',
      '169.254.1.1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fdff::1',
      '::ffff:10.0.0.1',
      '::FFFF:0a00:1',
      'unix',
    ],
  ])('by a number alone is %s', (peer) => {
    expect(read(1, peer, { 'x-forwarded-for': '203.0.113.9' })).toEqual({
      client: '203.0.113.9',
      protocol: 'http',
    });
  });

  it.each([
    ...[
      '198.51.100.7',
      '::ffff:198.51.100.7',
      '2001:db8::1',
      '172.15.0.1',
      '172.32.0.1',
      '11.0.0.1',
      '192.169.0.1',
    ],
    ...[
      '100.64.0.1',
      '128.0.0.1',
      '0.0.0.0',
      '::',
      'fec0::1',
      'fe00::1',
      '::2',
      '64:ff9b::a00:1',
      '2002:a00:1::',
    ],
  ])('by a number alone is not %s', (peer) => {
    const { client, ignored } = read(1, peer, { 'x-forwarded-for': forged, 'x-forwarded-proto': 'https' });
    expect(client).toBe(ipAddress(peer));
    expect(ignored).toEqual({ peer: ipAddress(peer), header: 'x-forwarded-for', hops: 1 });
  });

  it('is not one whose address is unknown, because it hung up', () => {
    const headers = {
      'x-forwarded-for': forged,
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    };
    expect(read({ hops: 1, allowForwardedHost: true }, undefined, headers)).toEqual({
      protocol: 'http',
      ignored: { peer: 'unknown', header: 'x-forwarded-for', hops: 1 },
    });
  });

  it('is one in `from`, and no other one', () => {
    const option = { hops: 1, from: ['198.51.100.0/24', '2001:db8:1::/48', '192.0.2.5'] };
    for (const peer of ['198.51.100.7', '::ffff:198.51.100.7', '2001:db8:1::5', '192.0.2.5', 'unix']) {
      expect(read(option, peer, { 'x-forwarded-for': '203.0.113.9' }).client).toBe('203.0.113.9');
    }
    for (const peer of ['198.51.101.7', '2001:db8:2::5', '192.0.2.6', '10.0.0.1', '127.0.0.1', '::1']) {
      expect(read(option, peer, { 'x-forwarded-for': forged }).client).toBe(peer);
    }
  });

  it('may be a private one beside those in `from`', () => {
    const option = { hops: 1, from: ['private', '198.51.100.0/24'] };
    for (const peer of ['10.0.0.1', '::1', '198.51.100.7']) {
      expect(read(option, peer, { 'x-forwarded-for': '203.0.113.9' }).client).toBe('203.0.113.9');
    }
  });

  it('is in a network exactly if its first bits are', () => {
    const bits = (address: string): bigint =>
      address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 1, max: 32 }), (network, peer, length) => {
        const shift = BigInt(32 - length);
        expect(trustedPeers([`${network}/${length}`])(peer)).toBe(
          bits(network) >> shift === bits(peer) >> shift,
        );
        expect(trustedPeers([`${network}/${length}`])(network)).toBe(true);
      }),
    );
  });

  it('is in an IPv6 network exactly if its first bits are', () => {
    const word = fc.integer({ min: 0, max: 0xffff });
    const eight = fc.array(word, { minLength: 8, maxLength: 8 });
    const spell = (words: readonly number[]): string => words.map((one) => one.toString(16)).join(':');
    const bits = (words: readonly number[]): bigint =>
      words.reduce((sum, one) => sum * 65_536n + BigInt(one), 0n);
    fc.assert(
      fc.property(
        eight,
        fc.integer({ min: 1, max: 128 }),
        fc.integer({ min: 0, max: 127 }),
        (words, length, flipped) => {
          fc.pre(words.slice(0, 5).some((one) => one !== 0));
          const shift = BigInt(128 - length);
          const other = [...words];
          other[flipped >> 4] = (other[flipped >> 4] as number) ^ (1 << (15 - (flipped & 15)));
          const inside = trustedPeers([`${spell(words)}/${length}`]);
          expect(inside(ipAddress(spell(words)))).toBe(true);
          expect(inside(ipAddress(spell(other)))).toBe(bits(words) >> shift === bits(other) >> shift);
        },
      ),
    );
  });
});
