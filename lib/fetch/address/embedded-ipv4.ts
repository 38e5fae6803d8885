import { type Address, fromIpv4 } from './address.ts';
import { translatedIpv4, wellKnownPrefix } from './nat64.ts';
import { contains, formatNetwork, type Network } from './network.ts';

export interface Embedding {
  readonly rule: string;
  /** The IPv4 addresses that the bits can stand for, as mapped addresses. */
  readonly candidates: readonly Address[];
  /** A NAT64 gateway carries these packets to the IPv4 address, so that one decides. The others never lead anywhere public. */
  readonly translated: boolean;
}

const low32 = 0xffff_ffffn;

/** The blocks of the forms below; ISATAP alone has none, as it may stand under any prefix. */
export const embeddingBlocks: readonly string[] = [
  ...['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48'],
  ...['2002::/16', '2001::/32'],
];

/**
 * The IPv4 address that an IPv6 address carries, if it is of a form that routers, tunnels or kernels unpack.
 *
 * @param nat64 the prefixes of this network's gateways, as `parseNat64Prefix` gives them; they come before every form
 * but the longest prefix among them, as it does in a routing table
 */
export function embeddedIpv4(address: Address, nat64: readonly Network[] = []): Embedding | undefined {
  const low = address & low32;
  const tunnel = (rule: string, ...v4: bigint[]): Embedding => ({
    rule,
    candidates: v4.map(fromIpv4),
    translated: false,
  });
  const gateway = gatewayOf(address, nat64);
  if (gateway) {
    const { ipv4, exact } = translatedIpv4(address, gateway.prefix);
    return { rule: `NAT64 ${formatNetwork(gateway)}`, candidates: [ipv4], translated: exact };
  }
  // RFC 8215: local use; a gateway that is not configured here may have taken a prefix of any of these lengths.
  if (address >> 80n === 0x64_ff9b_0001n) {
    return tunnel(
      '64:ff9b:1::/48',
      ...[96, 48, 56, 64].map((length) => translatedIpv4(address, length).ipv4),
    );
  }
  if (address >> 112n === 0x2002n) return tunnel('6to4 2002::/16', (address >> 80n) & low32);
  // RFC 4380: the server's address, and the client's with its bits inverted.
  if (address >> 96n === 0x2001_0000n)
    return tunnel('Teredo 2001::/32', (address >> 64n) & low32, ~low & low32);
  if (address >> 32n === 0n && address > 1n) return tunnel('IPv4-compatible ::/96', low);
  if (address >> 32n === 0xffff_0000n) return tunnel('IPv4-translated ::ffff:0:0:0/96', low);
  // RFC 5214, 6.1: an interface identifier of 0:5efe or 200:5efe, then IPv4, under any prefix.
  const identifier = (address >> 32n) & low32;
  if (identifier === 0x5efen || identifier === 0x0200_5efen) return tunnel('ISATAP', low);
  return undefined;
}

/** DNS64 makes addresses of the well-known prefix for every IPv4-only host of the internet. */
function gatewayOf(address: Address, nat64: readonly Network[]): Network | undefined {
  let longest = contains(wellKnownPrefix, address) ? wellKnownPrefix : undefined;
  for (const network of nat64) {
    if (contains(network, address) && network.prefix > (longest?.prefix ?? 0)) longest = network;
  }
  return longest;
}
