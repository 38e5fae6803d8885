import { type Address, fromIpv4 } from './address.ts';

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

/** The IPv4 address that an IPv6 address carries, if it is of a form that routers, tunnels or kernels unpack. */
export function embeddedIpv4(address: Address): Embedding | undefined {
  const low = address & low32;
  const tunnel = (rule: string, ...v4: bigint[]): Embedding => ({
    rule,
    candidates: v4.map(fromIpv4),
    translated: false,
  });
  // RFC 6052, 2.1: the well-known prefix. DNS64 makes such addresses for every IPv4-only host of the internet.
  if (address >> 32n === 0x64_ff9bn << 64n) {
    return { rule: 'NAT64 64:ff9b::/96', candidates: [fromIpv4(low)], translated: true };
  }
  // RFC 8215: local use; the prefix may be /48 (RFC 6052, 2.2 puts a zero octet at bit 64), /56, /64 or /96.
  if (address >> 80n === 0x64_ff9b_0001n) return tunnel('64:ff9b:1::/48', low, ...rfc6052(address));
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

function rfc6052(address: Address): bigint[] {
  const octets = (from: bigint, count: bigint): bigint =>
    (address >> (128n - from - count * 8n)) & ((1n << (count * 8n)) - 1n);
  return [
    (octets(48n, 2n) << 16n) | octets(72n, 2n),
    (octets(56n, 1n) << 24n) | octets(72n, 3n),
    octets(72n, 4n),
  ];
}
