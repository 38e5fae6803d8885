import { isIP, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipWords, spellIp } from './ip-words.ts';

/** What Node says, whose sockets spell the addresses of peers. */
function byNode(text: string): string | undefined {
  const version = isIP(text);
  if (version !== 6) return version === 4 ? text : undefined;
  const [address = ''] = text.split('%');
  const spelt = new SocketAddress({ address, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(spelt)?.[1] ?? spelt;
}

const spelling = (text: string): string | undefined => {
  const words = ipWords(text);
  return words && spellIp(words);
};

describe('ipWords and spellIp', () => {
  it.each([
    ...['0.0.0.0', '255.255.255.255', '1.2.3.4', '01.2.3.4', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1.2.3.4.'],
    ...['::', '::1', '::2', '1::', '::ffff:1.2.3.4', '::1.2.3.4', '::1:2', '2001:db8::1', '2001:DB8:0:0::1'],
    ...['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1:2:3:4::5:6:7:8', '1:2:3:4:5:6:7:8:9'],
    ...['1:0:0:2:0:0:0:3', '1:0:0:2:3:0:0:4', 'fe80::1%eth0', 'fe80::1%', '::1%a%b', '1.2.3.4%eth0', '%', ''],
    ...[':::', '1:::2', '1::2::3', ':1', '1:', '12345::', '1.2.3.4::', '::1.2.3.4:5', '::g', ' ::1', '::1 '],
    ...['64:ff9b::192.0.2.1', '::ffff:0:0', '0:0:0:0:0:ffff:c000:201', '1:2:3:4:5:6:1.2.3.4', '::01.2.3.4'],
  ])('reads %j as Node does', (text) => {
    expect(spelling(text)).toBe(byNode(text));
  });

  it('reads random addresses and their damaged forms as Node does', () => {
    const group = fc.oneof(
      fc.constantFrom('', '0', '0', '0000', '1', 'ffff', 'FFFF', '1.2.3.4', '%x', 'g'),
      fc.integer({ min: 0, max: 0xffff }).map((word) => word.toString(16)),
    );
    const address = fc.oneof(
      fc.array(group, { minLength: 1, maxLength: 9 }).map((groups) => groups.join(':')),
      fc.ipV6(),
      fc.ipV4(),
      fc.string({ unit: fc.constantFrom(...'01259af.:%'), maxLength: 24 }),
    );
    fc.assert(
      fc.property(address, (text) => {
        expect(spelling(text)).toBe(byNode(text));
      }),
      { numRuns: 20_000 },
    );
  });
});
