import { isIP, SocketAddress } from 'node:net';
import { Misuse } from '../refusal/misuse.ts';

/**
 * Returns the client's address behind a known number of your own proxies.
 *
 * Each proxy appends the address that it saw to `X-Forwarded-For`. So only the last `trustedProxies` entries were
 * written by machines that you run. Everything left of them is the client's claim, and is ignored. If one of
 * the trusted entries is not an address, the last valid one to its right is used, or the socket's.
 *
 * @param remote the socket's address
 * @param forwarded the header's value; several header lines are one list, in order (RFC 9110, 5.3)
 * @param trustedProxies the number of proxies in front, 0 to 16; 0 ignores the header
 * @returns an IPv4 or IPv6 address in canonical form, without port and zone, IPv4-mapped addresses as IPv4; or
 * undefined if the socket has none
 * @throws Misuse `bulwark/invalid-option` if `trustedProxies` is not a whole number from 0 to 16
 *
 * @example
 * ```ts
 * import { clientAddress } from 'bulwark/request';
 *
 * clientAddress('10.0.0.2', '6.6.6.6, 203.0.113.9', 1); // '203.0.113.9'
 * clientAddress('203.0.113.9', '127.0.0.1', 0); // '203.0.113.9'
 * clientAddress('10.0.0.2', '[2001:DB8:0:0::1]:443', 1); // '2001:db8::1'
 * ```
 */
export function clientAddress(
  remote: string | undefined,
  forwarded: string | readonly string[] | undefined,
  trustedProxies: number,
): string | undefined {
  if (!(Number.isInteger(trustedProxies) && trustedProxies >= 0 && trustedProxies <= 16)) {
    throw new Misuse('bulwark/invalid-option', 'trustedProxies takes a whole number from 0 to 16.');
  }
  let client = canonical(remote);
  if (trustedProxies === 0 || forwarded === undefined) return client;
  const list = typeof forwarded === 'string' ? forwarded : forwarded.join(',');
  // Only the end of the list was written by our own proxies. It is never split as a whole, so a long list costs nothing.
  let end = list.length;
  for (let hop = 0; hop < trustedProxies; hop++) {
    const comma = end === 0 ? -1 : list.lastIndexOf(',', end - 1);
    const entry = end - comma > longestEntry ? undefined : canonical(list.slice(comma + 1, end).trim());
    if (entry === undefined) return client;
    client = entry;
    if (comma < 0) return client;
    end = comma;
  }
  return client;
}

/** Room for an IPv6 address in brackets, with a zone, a port and spaces around it. */
const longestEntry = 128;

function canonical(entry: string | undefined): string | undefined {
  if (entry === undefined) return undefined;
  const [, bracketed, plain, port = '0'] = withPort.exec(entry) ?? [];
  if (Number(port) > 65_535) return undefined;
  const address = bracketed ?? plain ?? entry;
  const version = isIP(address);
  if (version === 0) return undefined;
  if (version === 4) return entry.startsWith('[') ? undefined : address;
  const [withoutZone = ''] = address.split('%');
  const spelt = new SocketAddress({ address: withoutZone, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(spelt)?.[1] ?? spelt;
}

const withPort = /^(?:\[([^\]]*)\]|([\d.]+)(?=:))(?::(\d{1,5}))?$/;
