import { describe, expect, it } from 'vitest';
import {
  type Address,
  formatAddress,
  parseAddress as parseGuarded,
} from '../../lib/fetch/address/address.ts';
import { embeddedIpv4 } from '../../lib/fetch/address/embedded-ipv4.ts';
import { contains, parseNetwork } from '../../lib/fetch/address/network.ts';
import { parseAddress } from './address.ts';
import { holdsMetadata, metadataAddresses } from './metadata.ts';
import { Mistake } from './mistake.ts';
import { egressRules } from './rules.ts';
import type { RulesOptions } from './rules-options.ts';

const none: RulesOptions = {
  ...{ format: [], gateway: [], resolver: [], allow: [], user: [], group: [], pods: [], namespace: [] },
  ...{ 'gateway-user': [], 'gateway-group': [] },
};
const gateway = ['192.0.2.1:4750'];
const bases: Readonly<Record<string, RulesOptions>> = {
  nftables: { ...none, format: ['nftables'], user: ['shop'], gateway },
  iptables: { ...none, format: ['iptables'], user: ['shop'], gateway },
  kubernetes: { ...none, format: ['kubernetes'], pods: ['app=shop'], namespace: ['shop'], gateway },
};

function codeOf(format: string, typed: Partial<RulesOptions>): string {
  try {
    egressRules({ ...none, ...bases[format], ...typed });
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return error.code;
  }
}

describe.each(Object.keys(bases))('IPv4 inside of an address, for %s', (format) => {
  it.each([
    // NAT64 of 169.254.169.254, of 169.254.129.7, of a public address
    ['64:ff9b::a9fe:a9fe', 'egress/metadata'],
    ['64:FF9B:0::169.254.169.254', 'egress/metadata'],
    ['64:ff9b::a9fe:8107', 'egress/metadata'],
    ['64:ff9b::5db8:d70e', 'accepted'],
    // A prefix of 96, 64, 56, and 48 bits, with what gateways ignore
    ['64:ff9b:1:fffe::a9fe:a9fe', 'egress/metadata'],
    ['64:ff9b:1:fffe:a9:fea9:fe00:0', 'egress/metadata'],
    ['64:ff9b:1:ffa9:fe:a9fe::', 'egress/metadata'],
    ['64:ff9b:1:a9fe:a9:fe00::', 'egress/metadata'],
    ['64:ff9b:1:a9fe:ffa9:fe00::7', 'egress/metadata'],
    ['64:ff9b:1:fffe::5db8:d70e', 'accepted'],
    ['2002:a9fe:a9fe::1', 'egress/metadata'],
    ['2002:a83f:8110:5:6:7:8:9', 'egress/metadata'],
    ['2002:5db8:d70e::1', 'accepted'],
    ['::a9fe:a9fe', 'egress/address'],
    ['::169.254.169.254', 'egress/address'],
    ['::2', 'egress/address'],
    ['::ffff:169.254.169.254', 'egress/address'],
    ['::ffff:5db8:d70e', 'egress/address'],
    ['::ffff:0:a9fe:a9fe', 'egress/address'],
    ['2001:db8::a9fe:a9fe', 'accepted'],
  ])('%s: %s', (address, code) => {
    for (const option of ['gateway', 'allow'] as const) {
      expect(codeOf(format, { [option]: [`[${address}]:80`] })).toBe(code);
    }
    expect(codeOf(format, { resolver: [`[${address}]:5353`] })).toBe(code);
    // The resolver's own port is open on a metadata service, by whatever road.
    const dns = code === 'egress/metadata' ? 'accepted' : code;
    expect(codeOf(format, { resolver: [address] })).toBe(dns);
  });
});

describe('IPv4 inside of a range', () => {
  it.each([
    ['64:ff9b::/96', 'egress/metadata'],
    ['64:ff9b::/64', 'egress/metadata'],
    ['64:ff9b::a9fe:0/112', 'egress/metadata'],
    ['64:ff9b::a9fe:8180/121', 'egress/metadata'],
    ['64:ff9b::5db8:0/112', 'accepted'],
    ['64:ff9b:1::/48', 'egress/metadata'],
    ['64:ff9b:1:fffe::/96', 'egress/metadata'],
    ['64:ff9b:1:a9fe::/64', 'egress/metadata'],
    ['64:ff9b:1:fffe::5db8:0/112', 'accepted'],
    ['2002:a9fe:a9fe::/48', 'egress/metadata'],
    ['2002:a9fe:81ff:8000::/49', 'egress/metadata'],
    ['2002:5db8:d70e::/48', 'accepted'],
    ['::/96', 'egress/address'],
    ['::/48', 'egress/address'],
    ['::a9fe:0/112', 'egress/address'],
    ['::ffff:0:0/96', 'egress/address'],
    ['::8000:0:0/81', 'egress/address'],
    ['::ffff:0:0:0/96', 'egress/address'],
    ['0:0:0:1::/64', 'accepted'],
  ])('%s: %s', (range, code) => {
    expect(codeOf('kubernetes', { gateway: [`[${range}]:80`] })).toBe(code);
    expect(codeOf('kubernetes', { allow: [`[${range}]:80`] })).toBe(code);
  });
});

describe('loopback', () => {
  it.each([
    ['127.0.0.1:4750', '127.0.0.1'],
    ['127.0.0.53:4750', '127.0.0.53'],
    ['[::1]:4750', '::1'],
  ])('means nothing to a NetworkPolicy: %s', (endpoint, address) => {
    const here = 'egress/address';
    expect(codeOf('kubernetes', { gateway: [endpoint] })).toBe(here);
    expect(codeOf('kubernetes', { allow: [endpoint] })).toBe(here);
    expect(codeOf('kubernetes', { resolver: [address] })).toBe(here);
    const named = { resolver: [address], allow: [endpoint] };
    expect(codeOf('nftables', named)).toBe('accepted');
    expect(codeOf('iptables', named)).toBe('accepted');
  });

  it.each([
    ['127.0.0.0/16:80', 'egress/address'],
    ['127.7.0.0/24:80', 'egress/address'],
    ['[::1/128]:80', 'egress/address'],
    ['126.0.0.0/16:80', 'accepted'],
    ['128.0.0.0/16:80', 'accepted'],
  ])('nor as a range: %s: %s', (range, code) => {
    expect(codeOf('kubernetes', { gateway: [range] })).toBe(code);
  });

  it('leaves a node-local cache, which is link-local', () => {
    expect(codeOf('kubernetes', { resolver: ['169.254.20.10'] })).toBe('accepted');
  });
});

describe('what is read out of an address', () => {
  const services = metadataAddresses.ipv4.map((text) =>
    parseNetwork(text.includes('/') ? text : `${text}/32`),
  );
  const isMetadata = (address: Address): boolean =>
    services.some((network) => network !== undefined && contains(network, address));

  it('is what bulwark/fetch reads', () => {
    let seed = 7;
    const random = (): bigint => {
      seed = (seed * 48_271) % 2_147_483_647;
      return BigInt(seed & 0xffff);
    };
    const prefixes = [
      { prefix: 0x64_ff9bn << 96n, free: 32n },
      { prefix: 0x64_ff9b_0001n << 80n, free: 80n },
      { prefix: 0x2002n << 112n, free: 112n },
    ];
    const shifts = [0n, 24n, 80n];
    let found = 0;
    for (let round = 0; round < 1_000; round++) {
      for (const { prefix, free } of prefixes) {
        let low = 0n;
        for (let group = 0; group < 8; group++) low = (low << 16n) | random();
        const shift = shifts[Number(random() % 3n)] ?? 0n;
        // Half of them with a metadata service at one of the places, one bit of it wrong in some.
        if (round % 2 === 0) {
          low = (low & ~(0xffff_ffffn << shift)) | (0xa9fe_a9fen << shift);
          if (random() % 4n === 0n) low ^= 1n << (shift + (random() % 32n));
        }
        const value = prefix | (low & ((1n << free) - 1n));
        const text = formatAddress(value);
        const guarded = embeddedIpv4(parseGuarded(text) ?? 0n)?.candidates.some(isMetadata) ?? false;
        const mine = holdsMetadata(parseAddress(text, { option: '--allow', value: text }), 128);
        expect(mine, text).toBe(guarded);
        if (mine) found++;
      }
    }
    expect(found).toBeGreaterThan(300);
  });
});
