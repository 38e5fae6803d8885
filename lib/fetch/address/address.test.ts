import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';
import { contains, formatNetwork, type Network, overlap, parseNetwork } from './network.ts';

describe('parseAddress', () => {
  it('reads what resolvers and URL write', () => {
    expect(parseAddress('0.0.0.0')).toBe(0xffff_0000_0000n);
    expect(parseAddress('255.255.255.255')).toBe(0xffff_ffff_ffffn);
    expect(parseAddress('::')).toBe(0n);
    expect(parseAddress('::1')).toBe(1n);
    expect(parseAddress('1::')).toBe(1n << 112n);
    expect(parseAddress('fe80::1%eth0')).toBe(parseAddress('fe80::1'));
    expect(parseAddress('1:2:3:4:5:6:1.2.3.4')).toBe(parseAddress('1:2:3:4:5:6:102:304'));
  });

  it('reads nothing else', () => {
    const bad = [
      '',
      '1',
      '1.2.3',
      '1.2.3.4.5',
      '01.2.3.4',
      '0x1.2.3.4',
      '1.2.3.256',
      '1.2.3.',
      ' 1.2.3.4',
      '1.2.3.-4',
    ];
    const bad6 = [
      ':',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7::8',
      '12345::',
      'g::',
    ];
    const odd = ['::1%', '1.2.3.4::', '::1.2.3', '[::1]', '::1/64', '1'.repeat(65), `${':'.repeat(60)}1`];
    for (const text of [...bad, ...bad6, ...odd]) expect(parseAddress(text), text).toBeUndefined();
  });
});

describe('formatAddress', () => {
  it('writes the form of RFC 5952, and dotted decimal for IPv4', () => {
    const forms = [
      '::',
      '::1',
      '1::',
      '2001:db8::1',
      '2001:db8:0:1:1:1:1:1',
      '1:0:0:1::1',
      '10.1.2.3',
      'fe80::a:0:0:b',
    ];
    for (const text of forms) {
      const canonical = text === 'fe80::a:0:0:b' ? 'fe80::a:0:0:b' : text;
      expect(formatAddress(parseAddress(text) as bigint)).toBe(canonical);
    }
    expect(formatAddress(parseAddress('::FFFF:7f00:1') as bigint)).toBe('127.0.0.1');
  });
});

describe('parseNetwork', () => {
  it('reads a range, and refuses one with bits after its prefix', () => {
    const network = parseNetwork('10.2.0.0/16');
    expect(network).toBeDefined();
    if (!network) return;
    for (const [text, inside] of [
      ['10.1.255.255', false],
      ['10.2.0.0', true],
      ['10.2.255.255', true],
      ['::ffff:10.2.3.4', true],
      ['10.3.0.0', false],
      ['::10.2.3.4', false],
    ] as const) {
      expect(contains(network, parseAddress(text) as bigint), text).toBe(inside);
    }
    const bad = [
      '10.2.0.1/16',
      '10.2.0.0',
      '10.2.0.0/33',
      '10.2.0.0/',
      '10.2.0.0/016',
      '10.2.0.0/-1',
      '10.2.0.0/8/8',
    ];
    for (const text of [...bad, 'fd00::/129', 'fd00::1/64', 'fe80::%eth0/64', '/8', '']) {
      expect(parseNetwork(text), text).toBeUndefined();
    }
  });
});

describe('formatNetwork', () => {
  it('writes what parseNetwork reads', () => {
    const blocks = [
      '10.0.0.0/8',
      '0.0.0.0/0',
      '8.8.8.8/32',
      '::/0',
      '::/96',
      '::1/128',
      '64:ff9b::/96',
      'fc00::/7',
    ];
    for (const block of blocks) expect(formatNetwork(parseNetwork(block) as Network)).toBe(block);
    expect(formatNetwork(parseNetwork('::ffff:10.0.0.0/104') as Network)).toBe('10.0.0.0/8');
  });
});

describe('overlap', () => {
  it('is one range within the other, whichever is wider', () => {
    const both = (a: string, b: string): boolean[] => {
      const [one, other] = [parseNetwork(a) as Network, parseNetwork(b) as Network];
      return [overlap(one, other), overlap(other, one)];
    };
    expect(both('10.0.0.0/8', '10.2.0.0/16')).toEqual([true, true]);
    expect(both('::/0', '8.8.8.8/32')).toEqual([true, true]);
    expect(both('10.0.0.0/8', '11.0.0.0/8')).toEqual([false, false]);
    expect(both('::/96', '::ffff:0:0/96')).toEqual([false, false]);
  });
});
