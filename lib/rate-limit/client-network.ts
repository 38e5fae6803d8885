import { isIPv6 } from 'node:net';
import { ipAddress } from '../request/ip-address.ts';

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
  if (spelt === undefined || !isIPv6(spelt)) return spelt;
  const [left = '', right = ''] = inGroups(spelt).split('::');
  const [head, tail] = [groupsOf(left), groupsOf(right)];
  const groups = [...head, ...Array<number>(Math.max(0, 8 - head.length - tail.length)).fill(0), ...tail];
  const kept = groups.map((group, index) => {
    const bits = Math.min(16, Math.max(0, prefix - index * 16));
    return group & (0xffff << (16 - bits)) & 0xffff;
  });
  return `${kept.map((group) => group.toString(16)).join(':')}/${prefix}`;
}

/** The end of an IPv6 address may be written as IPv4. */
function inGroups(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
