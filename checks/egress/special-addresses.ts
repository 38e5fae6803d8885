import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Written down once more, by hand, from the same contract that the cases were written from: what judges a guard must not
 * be the guard's own table. Two lists, as one would hold `::/3` against IPv4 addresses, which it maps.
 */
const special = { ipv4: new BlockList(), ipv6: new BlockList() } as const;
for (const range of [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/3', '168.63.129.16/32'],
]) {
  const [net = '', prefix] = range.split('/');
  special.ipv4.addSubnet(net, Number(prefix), 'ipv4');
}
for (const range of [
  // What is left of IPv6 outside 2000::/3.
  ...['::/3', '4000::/2', '8000::/1'],
  ...['2001::/32', '2001:2::/48', '2001:db8::/32', '2001:10::/28', '2001:20::/28', '2002::/16', '3fff::/20'],
]) {
  const [net = '', prefix] = range.split('/');
  special.ipv6.addSubnet(net, Number(prefix), 'ipv6');
}

/** Globally reachable inside of 192.0.0.0/24, says the registry: PCP (RFC 7723) and TURN (RFC 8155). */
const anycast: readonly string[] = ['192.0.0.9', '192.0.0.10'];

/** Whether a connection to it is what an attacker wants: not the public internet, or a cloud's metadata. */
export function isSpecialAddress(address: string): boolean {
  const text = unmappedAddress(address);
  if (isIPv4(text)) return special.ipv4.check(text, 'ipv4') && !anycast.includes(text);
  if (!isIPv6(text)) return true;
  const translated = /^64:ff9b::([\da-f]{1,4}:[\da-f]{1,4})$/.exec(text)?.[1];
  if (translated !== undefined) return isSpecialAddress(dotted(translated));
  // ISATAP (RFC 5214) stands in any prefix.
  return special.ipv6.check(text, 'ipv6') || /^(?:0|200):5efe:/.test(groupsOf(text).slice(4).join(':'));
}

/** As `URL` writes it, without brackets; the IPv4 address where it is a mapped one, as the socket is the same. */
export function unmappedAddress(address: string): string {
  if (!isIPv6(address)) return address;
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const inside = /^::ffff:([\da-f]{1,4}:[\da-f]{1,4})$/.exec(text)?.[1];
  return inside === undefined ? text : dotted(inside);
}

/** All eight, of an address as `URL` writes it. */
function groupsOf(text: string): readonly string[] {
  const [head = '', tail = ''] = text.split('::');
  const [first = [], last = []] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''));
  return [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
}

/** `a00:1` is 10.0.0.1. */
function dotted(groups: string): string {
  const bytes = groups.split(':').flatMap((group) => {
    const bits = Number.parseInt(group, 16);
    return [bits >> 8, bits & 255];
  });
  return bytes.join('.');
}
