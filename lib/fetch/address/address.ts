/**
 * An IPv4 or IPv6 address as 128 bits. IPv4 is held as IPv4-mapped (`::ffff:a.b.c.d`, RFC 4291), as an operating
 * system connects to the same place for both; so nothing that compares addresses can tell them apart by mistake.
 */
export type Address = bigint;

const mappedPrefix = 0xffffn;
const mask32 = 0xffff_ffffn;

/**
 * Reads the text forms that a resolver and `URL` write: dotted decimal, and IPv6 with or without a zone. Undefined for
 * anything else, also for the forms that only some readers take (octal, hexadecimal or short IPv4).
 *
 * @example
 * ```text
 * parseAddress('127.0.0.1') === parseAddress('::ffff:7f00:1')   true
 * parseAddress('0177.0.0.1')                                    undefined
 * ```
 */
export function parseAddress(text: string): Address | undefined {
  // A zone may be of any length to `net.isIP`, and so to a connection.
  const zone = text.indexOf('%');
  const address = zone === -1 ? text : text.slice(0, zone);
  if (address.length > 45) return undefined;
  if (!address.includes(':')) {
    const v4 = zone === -1 ? parseIpv4(address) : undefined;
    return v4 === undefined ? undefined : fromIpv4(v4);
  }
  if (zone !== -1 && !/^[0-9a-z.:-]+$/i.test(text.slice(zone + 1))) return undefined;
  return parseIpv6(address);
}

export function fromIpv4(v4: bigint): Address {
  return (mappedPrefix << 32n) | (v4 & mask32);
}

/** The 32 bits of an IPv4 address; undefined for IPv6. */
function ipv4Of(address: Address): bigint | undefined {
  return address >> 32n === mappedPrefix ? address & mask32 : undefined;
}

/** Dotted decimal for IPv4, also for a mapped one; the form of RFC 5952 for IPv6. */
export function formatAddress(address: Address): string {
  const v4 = ipv4Of(address);
  if (v4 !== undefined) return [24n, 16n, 8n, 0n].map((shift) => (v4 >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => (address >> BigInt(112 - 16 * i)) & 0xffffn);
  const [start, length] = longestZeroRun(groups);
  const text = (part: readonly bigint[]): string => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return text(groups);
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

function longestZeroRun(groups: readonly bigint[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0n) end++;
    if (end - start > best[1]) best = [start, end - start];
  }
  return best;
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let bits = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [groupsOf(halves[0] ?? '', halves.length === 1), groupsOf(halves[1] ?? '', true)];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce(
    (bits, group) => (bits << 16n) | group,
    0n,
  );
}

/** @param last whether these groups end the address, where the last two may be written as IPv4 */
function groupsOf(text: string, last: boolean): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (last && i === parts.length - 1 && part.includes('.')) {
      const v4 = parseIpv4(part);
      if (v4 === undefined) return undefined;
      groups.push(v4 >> 16n, v4 & 0xffffn);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
