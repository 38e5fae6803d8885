import { describe, expect, it } from 'vitest';
import { canonicalHost } from '../policy/host-rule.ts';
import { parseAddress } from './address.ts';
import { classify } from './classify.ts';
import { metadataAddresses, metadataNames } from './metadata.ts';
import { parseNat64Prefix } from './nat64.ts';
import { type Network, parseNetwork } from './network.ts';

const kind = (text: string) => classify(parseAddress(text) as bigint).kind;

describe('metadata addresses', () => {
  const singles = metadataAddresses.filter(({ address }) => !address.includes('/'));
  const wide = metadataAddresses.filter(({ address }) => address.includes('/'));
  const inWide = (address: bigint) =>
    wide.some((entry) => {
      const { base, prefix } = parseNetwork(entry.address) as Network;
      return address >= base && address < base + (1n << BigInt(128 - prefix));
    });

  it.each(singles)('$address ($cloud) is apart, and its neighbours are not', ({ address }) => {
    const bits = parseAddress(address) as bigint;
    expect(classify(bits).kind).toBe('metadata');
    expect(classify(bits + 1n).kind).not.toBe('metadata');
    expect(classify(bits - 1n).kind).not.toBe('metadata');
  });

  it.each(wide)('$address ($cloud) is apart from end to end, and its neighbours are not', ({ address }) => {
    const { base, prefix } = parseNetwork(address) as Network;
    const last = base + (1n << BigInt(128 - prefix)) - 1n;
    for (const bits of [base, base + 2n, last]) expect(classify(bits).kind).toBe('metadata');
    for (const bits of [base - 1n, last + 1n]) {
      if (!inWide(bits)) expect(classify(bits).kind).toBe('special');
    }
  });

  it('are each named once, with a cloud and a source', () => {
    expect(new Set(metadataAddresses.map(({ address }) => address)).size).toBe(metadataAddresses.length);
    for (const entry of metadataAddresses) {
      expect(entry.cloud, entry.address).not.toBe('');
      expect(entry.source, entry.address).toMatch(/[a-z]/);
    }
  });

  it.each([
    ...[
      'fe80::a9fe:a9fe%eth0',
      'fe80::a9fe:a9fe%2',
      'FE80:0:0:0:0:0:A9FE:A9FE',
      'fd00:ec2:0::254',
      '::ffff:a9fe:a9fe',
    ],
    ...[
      '64:ff9b::a9fe:a9fe',
      '64:ff9b::a83f:8110',
      '64:ff9b:1::a9fe:a9fe',
      '2002:a9fe:a9fe::1',
      '2002:6464:64c8::',
    ],
    ...['2001::5601:5601', '::169.254.169.254', '::ffff:0:169.254.169.254', '2a00::5efe:169.254.170.2'],
  ])('%s is one in another form', (text) => {
    expect(kind(text)).toBe('metadata');
  });

  it.each([
    'fe80::a9fe:a9ff%eth0',
    '64:ff9b::a9fe:a9ff',
    '169.254.169.253',
    '169.254.169.123',
    'fd00:ec2::253',
  ])('%s is refused as any of its range', (text) => {
    expect(kind(text)).toBe('special');
  });

  it('stay so under a prefix that is configured around them', () => {
    const nat64 = [parseNat64Prefix('fd00:ec2::/96') as Network];
    expect(classify(parseAddress('fd00:ec2::254') as bigint, { nat64 }).kind).toBe('metadata');
    expect(classify(parseAddress('fd00:ec2::8.8.8.8') as bigint, { nat64 }).kind).toBe('public');
  });

  it('includes one that is a public address, between public ones', () => {
    expect([kind('168.63.129.15'), kind('168.63.129.16'), kind('168.63.129.17')]).toEqual([
      'public',
      'metadata',
      'public',
    ]);
  });
});

describe('metadata names', () => {
  it.each(metadataNames)('%s is in the form that hosts are compared in, and stands once', (name) => {
    expect(canonicalHost(new URL(`http://${name.toUpperCase()}./`).hostname)).toBe(name);
    expect(metadataNames.filter((other) => other === name)).toEqual([name]);
  });
});
