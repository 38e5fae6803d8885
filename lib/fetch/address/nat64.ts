import { type Address, fromIpv4 } from './address.ts';
import { contains, type Network, overlap, parseNetwork } from './network.ts';

/** 64:ff9b::/96 (RFC 6052, 2.1), which needs no configuration. */
export const wellKnownPrefix: Network = Object.freeze({ base: 0x64_ff9bn << 96n, prefix: 96 });

/** Where the IPv4 address may begin (RFC 6052, 2.2). */
const lengths: readonly number[] = [32, 40, 48, 56, 64, 96];

/**
 * Blocks that mean something else to every host, so that no gateway can answer for them: loopback and compatible, mapped,
 * Teredo, 6to4, link-local and multicast. Bits 64 to 71 keep the translated ones out (::ffff:0:0:0/96).
 */
const taken: readonly string[] = [
  ...['::/96', '::ffff:0:0/96', '2001::/32', '2002::/16', 'fe80::/10', 'ff00::/8'],
];

/**
 * Reads the prefix of a NAT64 gateway, such as `64:ff9b:1:fffe::/96` or `2001:db8:122::/48`.
 *
 * Undefined for anything else: IPv4, bits set after the prefix, another length than 32, 40, 48, 56, 64 or 96, bits 64
 * to 71 that are not zero (RFC 6052, 2.2), a block that means something else to every host, and a wider block around
 * 64:ff9b::/96.
 *
 * @example
 * ```text
 * parseNat64Prefix('64:ff9b:1:fffe::/96')   { base: 0x64ff9b0001fffen << 64n, prefix: 96 }
 * parseNat64Prefix('2001:db8::/33')         undefined
 * parseNat64Prefix('2002::/32')             undefined
 * ```
 */
export function parseNat64Prefix(text: string): Network | undefined {
  const network = text.includes(':') ? parseNetwork(text) : undefined;
  if (!network || !lengths.includes(network.prefix)) return undefined;
  if (octets(network.base, 64, 1) !== 0n) return undefined;
  if (taken.some((block) => overlap(parseNetwork(block) as Network, network))) return undefined;
  // DNS64 writes the well-known prefix with 96 bits alone; a wider one would read another address from the same bits.
  return network.prefix < 96 && contains(network, wellKnownPrefix.base) ? undefined : network;
}

export interface TranslatedIpv4 {
  readonly ipv4: Address;
  /**
   * Whether the bits around it are as DNS64 writes them (RFC 6147, 5.1.7), which is zero. Gateways ignore the ones after
   * it (RFC 6052, 2.2), so another value hides an address from those who compare texts.
   */
  readonly exact: boolean;
}

/** The IPv4 address after a prefix of one of the six lengths, with the octet at bits 64 to 71 stepped over. */
export function translatedIpv4(address: Address, prefixLength: number): TranslatedIpv4 {
  if (prefixLength === 96) return { ipv4: fromIpv4(address), exact: true };
  const before = Math.min(4, (64 - prefixLength) / 8);
  const after = 4 - before;
  const ipv4 = (octets(address, prefixLength, before) << BigInt(8 * after)) | octets(address, 72, after);
  const rest = octets(address, 64, 1) | octets(address, 72 + 8 * after, 7 - after);
  return { ipv4: fromIpv4(ipv4), exact: rest === 0n };
}

function octets(address: Address, from: number, count: number): bigint {
  return (address >> BigInt(128 - from - 8 * count)) & ((1n << BigInt(8 * count)) - 1n);
}
