import { BlockList, isIP } from 'node:net';
import { type Given, type Mistake, wrong } from './mistake.ts';

export interface Address {
  readonly family: 4 | 6;
  /** In the one canonical spelling of RFC 5952, so that nothing but digits, letters, dots and colons is printed. */
  readonly text: string;
}

/** What no packet of an application is ever addressed to, or what means another machine on every interface. */
const unusable: readonly (readonly [range: BlockList, family: 'ipv4' | 'ipv6', name: string])[] = (
  [
    ['0.0.0.0', 8, 'ipv4', 'the unspecified address'],
    ['224.0.0.0', 3, 'ipv4', 'multicast, broadcast or reserved'],
    ['::', 128, 'ipv6', 'the unspecified address'],
    // Compatible (::/96), mapped (::ffff:0:0/96) and translated (::ffff:0:0:0/96): on the wire that is IPv4, which a
    // rule for IPv6 never meets. Loopback is in there too, and is taken before.
    ['::', 64, 'ipv6', 'IPv4 in the spelling of IPv6, or reserved'],
    ['ff00::', 8, 'ipv6', 'multicast'],
    ['fe80::', 10, 'ipv6', 'link-local, another machine on every interface'],
  ] as const
).map(([address, bits, family, name]) => {
  const range = new BlockList();
  range.addSubnet(address, bits, family);
  return [range, family, name] as const;
});

/** @throws {Mistake} `egress/name` for what a packet filter cannot match, `egress/address` for the rest. */
export function parseAddress(text: string, given: Given): Address {
  const family = isIP(text);
  if (family === 0 || text.includes('%')) throw notAnAddress(text, given);
  const canonical = family === 6 ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const name =
    canonical === '::1'
      ? undefined
      : unusable.find(([range, of]) => of === type && range.check(canonical, type))?.[2];
  if (name !== undefined) {
    throw wrong(
      'egress/address',
      given,
      `is ${name}`,
      'No packet to a gateway, resolver or service has this destination, so the rule would never match.',
      'Give the address that the service listens on. Write IPv4 in dotted form.',
    );
  }
  return { family: family === 6 ? 6 : 4, text: canonical };
}

/** Whether the address is this machine's own loopback: what listens there runs beside the application. */
export function isLoopback(address: Address): boolean {
  return address.family === 4 ? address.text.startsWith('127.') : address.text === '::1';
}

function notAnAddress(text: string, given: Given): Mistake {
  if (/^[a-z0-9_*.-]+$/i.test(text) && /[a-z*]/i.test(text)) {
    return wrong(
      'egress/name',
      given,
      'is a name',
      'Packet filters and network policies see addresses, and those of a host name can change after the rules are loaded.',
      "Give an address. The gateway's own configuration says which host names the application may reach.",
    );
  }
  return wrong(
    'egress/address',
    given,
    'is not an address',
    'Only a valid address can be allowed, and the rules run as root.',
    'Write 192.0.2.1 or 2001:db8::1; with a port, 192.0.2.1:4750 or [2001:db8::1]:4750.',
  );
}
