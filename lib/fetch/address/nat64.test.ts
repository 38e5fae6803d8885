import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address.ts';
import { parseNat64Prefix, translatedIpv4 } from './nat64.ts';

describe('parseNat64Prefix', () => {
  it.each([
    ...[
      '64:ff9b::/96',
      '64:ff9b:1::/48',
      '64:ff9b:1:fffe::/96',
      '64:ff9b:0:0:1::/96',
      '2001:db8::/32',
      'fd00:64::/96',
    ],
    ...[
      '2001:db8:100::/40',
      '2001:db8:122::/48',
      '2001:db8:122:300::/56',
      '2001:db8:122:344::/64',
      '2a00:1098:2b::/96',
    ],
  ])('reads %s', (text) => {
    const [base = '', length = ''] = text.split('/');
    expect(parseNat64Prefix(text)).toEqual({ base: parseAddress(base), prefix: Number(length) });
  });

  it.each([
    ['no prefix', ['', '64:ff9b::', '64:ff9b::8.8.8.8', '/96', 'nat64', '[64:ff9b::]/96', '64:ff9b::/96 ']],
    [
      'another length',
      ['2001:db8::/33', '2001:db8::/64/64', '2001:db8::/95', '2001:db8::/128', '2000::/3', '::/0'],
    ],
    ['IPv4', ['10.0.0.0/8', '8.8.8.8/32', '0.0.0.0/0', '198.51.0.0/32']],
    ['bits after the prefix', ['2001:db8::1/96', '64:ff9b:1:fffe::/48', '2001:db8:1::/32']],
    ['bits 64 to 71', ['2001:db8:1:1:100::/96', '2001:db8::ff00:0:0:0/96']],
    ['loopback and compatible', ['::/96', '::/64', '::/32', '::/40']],
    ['mapped and translated', ['::ffff:0:0/96', '::ffff:0:0:0/96', '::/48']],
    ['6to4', ['2002::/32', '2002:808:808::/48', '2002:808:808::/96']],
    ['Teredo', ['2001::/32', '2001:0:808:808::/64', '2001::/96']],
    ['link-local and multicast', ['fe80::/64', 'fe80::/96', 'ff00::/32', 'ff3e:64::/96']],
    [
      'a block around the well-known prefix',
      ['64:ff9b::/64', '64:ff9b::/48', '64:ff9b::/40', '64:ff9b::/32'],
    ],
    ['a zone', ['fd00::%eth0/96']],
  ])('refuses %s', (_why, texts) => {
    for (const text of texts) expect(parseNat64Prefix(text), text).toBeUndefined();
  });
});

describe('translatedIpv4', () => {
  // The table of RFC 6052, 2.4.
  it.each([
    [32, '2001:db8:c000:221::'],
    [40, '2001:db8:1c0:2:21::'],
    [48, '2001:db8:122:c000:2:2100::'],
    [56, '2001:db8:122:3c0:0:221::'],
    [64, '2001:db8:122:344:c0:2:2100::'],
    [96, '2001:db8:122:344::192.0.2.33'],
  ])('reads the example of RFC 6052 for /%i', (length, text) => {
    const { ipv4, exact } = translatedIpv4(parseAddress(text) as bigint, length);
    expect(formatAddress(ipv4)).toBe('192.0.2.33');
    expect(exact).toBe(true);
  });

  it('tells what DNS64 would not have written', () => {
    for (const [length, text] of [
      [32, '2001:db8:c000:221:100::'],
      [32, '2001:db8:c000:221::1'],
      [48, '2001:db8:122:c000:102:2100::'],
      [48, '2001:db8:122:c000:2:2101::'],
      [64, '2001:db8:122:344:c0:2:2101::'],
    ] as const) {
      const { ipv4, exact } = translatedIpv4(parseAddress(text) as bigint, length);
      expect(formatAddress(ipv4), text).toBe('192.0.2.33');
      expect(exact, text).toBe(false);
    }
  });
});
