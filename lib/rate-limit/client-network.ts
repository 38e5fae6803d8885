import { ipAddress } from '../request/ip-address.ts';
import { ipWords } from '../request/ip-words.ts';

/**
 * What a limit by address counts: an IPv4 address, or the network of an IPv6 one. A customer is given a /64 or more, and can use
 * any address in it. An IPv4-mapped address is the IPv4 one.
 *
 * @param prefix of IPv6 networks, 32 to 128
 * @returns undefined for anything that is not an address
 *
 * @example
 * ```text
 * clientNetwork('::ffff:203.0.113.9', 64)      '203.0.113.9'
 * clientNetwork('2001:db8:1:2:aa::7', 64)      '2001:db8:1:2:0:0:0:0/64'
 * clientNetwork('2001:db8:1:2:aa::7', 48)      '2001:db8:1:0:0:0:0:0/48'
 * ```
 */
export function clientNetwork(address: string | undefined, prefix: number): string | undefined {
  const spelt = ipAddress(address);
  const groups = spelt === undefined ? undefined : ipWords(spelt);
  if (groups?.length !== 8) return spelt;
  const kept = groups.map((group, index) => {
    const bits = Math.min(16, Math.max(0, prefix - index * 16));
    return group & (0xffff << (16 - bits)) & 0xffff;
  });
  return `${kept.map((group) => group.toString(16)).join(':')}/${prefix}`;
}
