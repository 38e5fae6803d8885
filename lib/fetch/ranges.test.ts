import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';
import { classify } from './classify.ts';
import { metadataAddresses } from './metadata.ts';
import { contains, parseNetwork } from './network.ts';
import { furtherRanges, specialRanges } from './ranges.ts';

const rows = [...specialRanges, ...furtherRanges];

function networkOf(block: string) {
  const network = parseNetwork(block);
  if (!network) throw new Error(`${block} is no network`);
  return network;
}

/** The registries' answer by brute force: the longest prefix that contains the address. */
function expected(address: bigint): 'public' | 'special' {
  const [row] = rows
    .filter(({ block }) => contains(networkOf(block), address))
    .sort((a, b) => networkOf(b.block).prefix - networkOf(a.block).prefix);
  if (row) return row.reachable && row.block !== '2002::/16' ? 'public' : 'special';
  return address >> 32n === 0xffffn || address >> 125n === 1n ? 'public' : 'special';
}

describe('special ranges', () => {
  it('are networks without bits after their prefix, each once', () => {
    for (const { block } of rows) expect(parseNetwork(block), block).toBeDefined();
    expect(new Set(rows.map(({ block }) => block)).size).toBe(rows.length);
  });

  it.each(rows)('decide at both ends of $block and just outside', ({ block }) => {
    const { base, prefix } = networkOf(block);
    const last = base + (1n << BigInt(128 - prefix)) - 1n;
    for (const edge of [base, last]) {
      for (const address of [edge - 1n, edge, edge + 1n]) {
        if (address < 0n || address >= 1n << 128n) continue;
        const { kind } = classify(address);
        // The edges of 64:ff9b:1::/48 and ::/96 touch ranges that carry an IPv4 address; those have tests of their own.
        if (kind === 'metadata' || address >> 32n === 0x64_ff9bn << 64n) continue;
        expect(kind, formatAddress(address)).toBe(expected(address));
      }
    }
  });

  it('have neighbours that are public', () => {
    const neighbours = [
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '126.255.255.255',
      '128.0.0.0',
    ];
    for (const text of [
      ...neighbours,
      '172.15.255.255',
      '172.32.0.0',
      '223.255.255.255',
      '2001:200::',
      '2001:db9::',
    ]) {
      expect(classify(parseAddress(text) as bigint).kind, text).toBe('public');
    }
  });
});

describe('embedded IPv4', () => {
  const kind = (text: string) => classify(parseAddress(text) as bigint).kind;

  it('is read from the bits, so that every text form decides alike', () => {
    for (const text of ['127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:FFFF:7F00:1']) {
      expect(kind(text), text).toBe('special');
    }
    for (const text of ['8.8.8.8', '::ffff:8.8.8.8', '::ffff:808:808'])
      expect(kind(text), text).toBe('public');
  });

  it('passes through NAT64 where it is public, as DNS64 makes such addresses for half of the internet', () => {
    expect(kind('64:ff9b::8.8.8.8')).toBe('public');
    expect(kind('64:ff9b::10.0.0.1')).toBe('special');
    expect(kind('64:ff9b::169.254.169.254')).toBe('metadata');
    expect(kind('64:ff9b::1:808:808')).toBe('special');
  });

  it.each([
    ['6to4', '2002:808:808::1', '2002:a9fe:a9fe::1'],
    ['Teredo, by its server', '2001:0:808:808::1', '2001:0:a9fe:a9fe::1'],
    ['Teredo, by its client', '2001::f7f7:f7f7', '2001::5601:5601'],
    ['compatible', '::8.8.8.8', '::169.254.169.254'],
    ['translated', '::ffff:0:8.8.8.8', '::ffff:0:169.254.169.254'],
    ['ISATAP', '2a00::5efe:8.8.8.8', '2a00::5efe:169.254.169.254'],
    ['ISATAP, universal', '2a00::200:5efe:8.8.8.8', '2a00::200:5efe:169.254.169.254'],
    ['local NAT64 /96', '64:ff9b:1::808:808', '64:ff9b:1::a9fe:a9fe'],
    ['local NAT64 /48', '64:ff9b:1:808:8:800::', '64:ff9b:1:a9fe:a9:fe00::'],
    ['local NAT64 /56', '64:ff9b:1:8:8:808::', '64:ff9b:1:a9:fe:a9fe::'],
    ['local NAT64 /64', '64:ff9b:1:0:8:808:800::', '64:ff9b:1:0:a9:fea9:fe00::'],
  ])('%s is never public, and metadata inside stays metadata', (_name, ordinary, metadata) => {
    expect(kind(ordinary)).toBe('special');
    expect(kind(metadata)).toBe('metadata');
  });

  it('does not take an ordinary interface identifier for ISATAP', () => {
    for (const text of ['2a00::5eff:808:808', '2a00::100:5efe:808:808', '2606:4700:4700::1111']) {
      expect(kind(text), text).toBe('public');
    }
  });
});

describe('metadata addresses', () => {
  it.each(metadataAddresses)('$address is apart, and its neighbours are not', ({ address }) => {
    const bits = parseAddress(address) as bigint;
    expect(classify(bits).kind).toBe('metadata');
    expect(classify(bits + 1n).kind).not.toBe('metadata');
    expect(classify(bits - 1n).kind).not.toBe('metadata');
  });
});
