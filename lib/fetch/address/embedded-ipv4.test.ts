import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';
import { classify } from './classify.ts';
import { metadataAddresses } from './metadata.ts';
import { parseNat64Prefix } from './nat64.ts';
import type { Network } from './network.ts';
import { specialRanges } from './ranges.ts';

const kind = (text: string, nat64: readonly Network[] = []) =>
  classify(parseAddress(text) as bigint, { nat64 }).kind;

type Octets = readonly [number, number, number, number];

/** IPv4 of any kind: random ones, ends of ranges and their neighbours, and metadata. */
const v4: fc.Arbitrary<Octets> = fc
  .oneof(
    fc.nat({ max: 0xffff_ffff }),
    fc.constantFrom(
      ...specialRanges
        .filter(({ block }) => !block.includes(':'))
        .flatMap(({ block }) => {
          const base = Number((parseAddress(block.split('/')[0] ?? '') as bigint) & 0xffff_ffffn);
          return [base - 1, base, base + 1, base + 2 ** (32 - Number(block.split('/')[1])) - 1];
        })
        .map((bits) => bits >>> 0),
      ...metadataAddresses
        .filter(({ address }) => address.includes('.'))
        .map(({ address }) => Number((parseAddress(address.replace(/\/.*/, '')) as bigint) & 0xffff_ffffn)),
    ),
  )
  .map((bits) => [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255]);

/** Octets as the text of an IPv6 address, group by group. */
const text = (octets: readonly number[]): string =>
  Array.from({ length: 8 }, (_, i) =>
    (((octets[2 * i] ?? 0) << 8) | (octets[2 * i + 1] ?? 0)).toString(16),
  ).join(':');

const bytes = (prefix: string): number[] => {
  const bits = (parseAddress(prefix) as bigint).toString(16).padStart(32, '0');
  return Array.from({ length: 16 }, (_, i) => Number.parseInt(bits.slice(2 * i, 2 * i + 2), 16));
};

/** RFC 6052, 2.2, drawn octet by octet. */
const translate = (prefix: string, length: number, inside: Octets): number[] => {
  const octets = bytes(prefix).slice(0, length / 8);
  for (const octet of inside) {
    if (octets.length === 8) octets.push(0);
    octets.push(octet);
  }
  return [...octets, ...Array<number>(16).fill(0)].slice(0, 16);
};

const inverted = (inside: Octets): number[] => inside.map((octet) => 255 - octet);
const runs = { numRuns: 1_500 };

describe('embedded IPv4', () => {
  it.each<[string, (inside: Octets) => readonly number[]]>([
    ['mapped', (inside) => [...bytes('::ffff:0:0').slice(0, 12), ...inside]],
    ['NAT64', (inside) => translate('64:ff9b::', 96, inside)],
  ])('%s is what the address inside is', (_name, embed) => {
    fc.assert(
      fc.property(v4, (inside) => {
        expect(kind(text(embed(inside)))).toBe(kind(inside.join('.')));
      }),
      runs,
    );
  });

  it.each<[string, (inside: Octets, other: Octets) => readonly number[]]>([
    ['compatible', (inside) => [...Array<number>(12).fill(0), ...inside]],
    ['translated', (inside) => [...bytes('::ffff:0:0:0').slice(0, 12), ...inside]],
    ['6to4', (inside, other) => [0x20, 2, ...inside, 0, 1, ...other, ...other]],
    ['Teredo, by its server', (inside, other) => [0x20, 1, 0, 0, ...inside, 0, 0, 1, 2, ...other]],
    ['Teredo, by its client', (inside, other) => [0x20, 1, 0, 0, ...other, 0, 0, 1, 2, ...inverted(inside)]],
    ['ISATAP', (inside) => [...bytes('2a00:1:2:3:0:5efe::').slice(0, 12), ...inside]],
    ['ISATAP, universal', (inside) => [...bytes('2a00:1:2:3:200:5efe::').slice(0, 12), ...inside]],
    ['ISATAP, link-local', (inside) => [...bytes('fe80::5efe:0:0').slice(0, 12), ...inside]],
    ['NAT64 /48 of local use', (inside) => translate('64:ff9b:1::', 48, inside)],
    ['NAT64 /56 of local use', (inside) => translate('64:ff9b:1:ab00::', 56, inside)],
    ['NAT64 /64 of local use', (inside) => translate('64:ff9b:1:abcd::', 64, inside)],
    ['NAT64 /96 of local use', (inside) => translate('64:ff9b:1:abcd:0:1::', 96, inside)],
  ])('%s is never public, and metadata where the address inside is', (_name, embed) => {
    fc.assert(
      fc.property(v4, fc.constant<Octets>([8, 8, 8, 8]), (inside, other) => {
        const found = kind(text(embed(inside, other)));
        if (kind(inside.join('.')) === 'metadata') expect(found).toBe('metadata');
        else expect(found).not.toBe('public');
      }),
      runs,
    );
  });

  const prefixes = [
    ...[
      '2001:db8::/32',
      '2001:db8:100::/40',
      '2001:db8:122::/48',
      '2001:db8:122:300::/56',
      '2001:db8:122:344::/64',
    ],
    ...[
      '2001:db8:122:344::/96',
      '64:ff9b:1:fffe::/96',
      '64:ff9b:1::/48',
      'fd00:64::/96',
      '2606:4700:64::/48',
    ],
  ];

  it.each(prefixes)('a configured %s is what the address inside is', (prefix) => {
    const [base = '', length = ''] = prefix.split('/');
    const network = parseNat64Prefix(prefix) as Network;
    fc.assert(
      fc.property(v4, (inside) => {
        const address = text(translate(base, Number(length), inside));
        expect(kind(address, [network]), address).toBe(kind(inside.join('.')));
        expect(kind(address, [parseNat64Prefix('2a00:64::/96') as Network]), address).toBe(kind(address));
      }),
      runs,
    );
  });

  it.each(prefixes.filter((prefix) => !prefix.endsWith('/96')))(
    'bits that no DNS64 sets after a configured %s are never public, and do not hide metadata',
    (prefix) => {
      const [base = '', length = ''] = prefix.split('/');
      const network = parseNat64Prefix(prefix) as Network;
      fc.assert(
        fc.property(v4, fc.integer({ min: 1, max: 255 }), fc.boolean(), (inside, bits, octet) => {
          const octets = translate(base, Number(length), inside);
          octets[octet ? 8 : 15] = bits;
          const found = kind(text(octets), [network]);
          expect(found).toBe(kind(inside.join('.')) === 'metadata' ? 'metadata' : 'special');
        }),
        runs,
      );
    },
  );

  it('is read by the longest prefix, as a routing table does', () => {
    const nat64 = ['64:ff9b:1::/48', '64:ff9b:1:fffe::/96'].map(
      (prefix) => parseNat64Prefix(prefix) as Network,
    );
    expect(kind('64:ff9b:1:fffe::8.8.8.8', nat64)).toBe('public');
    expect(kind('64:ff9b:1:fffe::8.8.8.8', nat64.toReversed())).toBe('public');
    expect(kind('64:ff9b:1:fffe::8.8.8.8', nat64.slice(0, 1))).toBe('special');
    expect(kind('64:ff9b:1:808:8:800::', nat64)).toBe('public');
    expect(kind('64:ff9b::8.8.8.8', nat64)).toBe('public');
    expect(kind('64:ff9b::10.0.0.1', nat64)).toBe('special');
  });

  it('is named in the rule, with the form that carries it', () => {
    const nat64 = [parseNat64Prefix('fd00:64::/96') as Network];
    const rule = (address: string) => classify(parseAddress(address) as bigint, { nat64 }).rule;
    expect(rule('fd00:64::8.8.8.8')).toBe('NAT64 fd00:64::/96');
    expect(rule('fd00:64::10.0.0.1')).toBe('NAT64 fd00:64::/96 (10.0.0.0/8 Private-Use)');
    expect(rule('2002:a00:1::')).toBe('6to4 2002::/16 (10.0.0.0/8 Private-Use)');
    expect(rule('fd00:65::8.8.8.8')).toBe('fc00::/7 Unique-Local');
    expect(rule('4000::')).toBe('outside 2000::/3');
    expect(rule('8.8.8.8')).toBe('global unicast');
  });

  it('is judged the same in every text form, with a zone or without', () => {
    const address = fc.oneof(
      fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
      v4.map((inside) => parseAddress(text(translate('64:ff9b::', 96, inside))) as bigint),
      v4.map((inside) => parseAddress(inside.join('.')) as bigint),
      v4.map((inside) => parseAddress(text([0x20, 2, ...inside])) as bigint),
    );
    fc.assert(
      fc.property(address, (bits) => {
        const groups = Array.from({ length: 8 }, (_, i) => (bits >> BigInt(112 - 16 * i)) & 0xffffn);
        const last = groups.slice(6).flatMap((group) => [group >> 8n, group & 255n]);
        const long = groups.map((group) => group.toString(16).padStart(4, '0')).join(':');
        const dotted = `${long.slice(0, 30)}${last.join('.')}`;
        const host = new URL(`http://[${long}]/`).hostname.slice(1, -1);
        const { rule, kind: wanted } = classify(bits);
        for (const form of [long, long.toUpperCase(), dotted, host, formatAddress(bits), `${long}%eth0`]) {
          expect(classify(parseAddress(form) as bigint), form).toEqual({ kind: wanted, rule });
        }
      }),
      runs,
    );
  });

  it('is not seen in an ordinary interface identifier', () => {
    for (const address of ['2a00::5eff:808:808', '2a00::100:5efe:808:808', '2606:4700:4700::1111']) {
      expect(kind(address), address).toBe('public');
    }
    expect(kind('64:ff9b::1:808:808')).toBe('special');
  });
});
