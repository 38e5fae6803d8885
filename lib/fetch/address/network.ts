import { type Address, formatAddress, parseAddress } from './address.ts';

/** A range of addresses. `prefix` counts from the 128 bits, so an IPv4 /8 is 104. */
export interface Network {
  readonly base: Address;
  readonly prefix: number;
}

/** Reads `10.2.0.0/16` or `fd00::/8`; undefined where bits after the prefix are set, as that is mostly a typing error. */
export function parseNetwork(cidr: string): Network | undefined {
  const [text = '', length = '', ...rest] = cidr.split('/');
  const base = parseAddress(text);
  if (base === undefined || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length) || text.includes('%')) {
    return undefined;
  }
  const bits = text.includes(':') ? 128 : 32;
  if (Number(length) > bits) return undefined;
  const network = { base, prefix: 128 - bits + Number(length) };
  return base === (base >> hostBits(network)) << hostBits(network) ? network : undefined;
}

/** The text that `parseNetwork` reads; a range inside of IPv4 as IPv4. */
export function formatNetwork({ base, prefix }: Network): string {
  const v4 = base >> 32n === 0xffffn && prefix >= 96;
  return `${formatAddress(base)}/${v4 ? prefix - 96 : prefix}`;
}

export function contains(network: Network, address: Address): boolean {
  return address >> hostBits(network) === network.base >> hostBits(network);
}

export function overlap(a: Network, b: Network): boolean {
  return contains(a, b.base) || contains(b, a.base);
}

function hostBits(network: Network): bigint {
  return BigInt(128 - network.prefix);
}
