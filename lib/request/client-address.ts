import { type TrustedProxies, trustedProxies } from './trusted-proxies.ts';

/**
 * Returns the client's address behind your own proxies. `trustedProxies` says what is believed; this is its `client` alone.
 *
 * With a number, only a loopback, private or link-local peer and a Unix socket may speak for a client. Anyone else who reaches the
 * port directly is the client, whatever headers they send.
 *
 * @param remote the socket's address, or `unix` for a Unix socket, as `peerOf` reads it
 * @param forwarded the value of `X-Forwarded-For`; several header lines are one list, in order (RFC 9110, 5.3)
 * @param proxies the number of proxies in front, 0 to 16, or what `trustedProxies` returns
 * @returns an IPv4 or IPv6 address in canonical form, without port and zone, IPv4-mapped addresses as IPv4; or
 * undefined if nobody trustworthy named one
 * @throws Misuse `bulwark/invalid-option` if `proxies` is not a whole number from 0 to 16
 *
 * @example
 * ```ts
 * import { clientAddress } from 'bulwark/request';
 *
 * clientAddress('10.0.0.2', '6.6.6.6, 203.0.113.9', 1); // '203.0.113.9'
 * clientAddress('203.0.113.9', '127.0.0.1', 1); // '203.0.113.9'
 * clientAddress('10.0.0.2', '[2001:DB8:0:0::1]:443', 1); // '2001:db8::1'
 * ```
 */
export function clientAddress(
  remote: string | undefined,
  forwarded: string | readonly string[] | undefined,
  proxies: number | TrustedProxies,
): string | undefined {
  const known = typeof proxies === 'object' ? proxies : behind(proxies);
  return known.read({ remote, encrypted: false, headers: { 'x-forwarded-for': forwarded } }).client;
}

const byCount = new Map<number, TrustedProxies>();

function behind(hops: number): TrustedProxies {
  const known = byCount.get(hops);
  if (known) return known;
  const proxies = trustedProxies(hops);
  byCount.set(hops, proxies);
  return proxies;
}
