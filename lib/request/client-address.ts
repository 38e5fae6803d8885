import { isIP } from 'node:net';

/**
 * The address of the client behind a known number of proxies of your own.
 *
 * Each proxy appends the address that it saw to `X-Forwarded-For`, so only the last `trustedProxies` entries were
 * written by machines you run; everything left of them is what the client claimed, and is not believed.
 *
 * @param remote the socket's address
 * @param forwarded the header's value; several header lines are one list, in order (RFC 9110, 5.3)
 * @param trustedProxies how many proxies stand in front; 0 ignores the header
 * @returns an IPv4 or IPv6 address, IPv4-mapped ones as IPv4, or undefined where the socket has none
 *
 * @example
 * ```ts
 * import { clientAddress } from 'bulwark/request';
 *
 * clientAddress('10.0.0.2', '6.6.6.6, 203.0.113.9', 1); // '203.0.113.9'
 * clientAddress('203.0.113.9', '127.0.0.1', 0); // '203.0.113.9'
 * ```
 */
export function clientAddress(
  remote: string | undefined,
  forwarded: string | readonly string[] | undefined,
  trustedProxies: number,
): string | undefined {
  let client = normalise(remote);
  if (trustedProxies <= 0 || forwarded === undefined) return client;
  const list = typeof forwarded === 'string' ? forwarded : forwarded.join(',');
  // Only the tail was written by proxies of our own, so a long list costs nothing: it is never split whole.
  let end = list.length;
  for (let hop = 0; hop < trustedProxies && end >= 0; hop++) {
    const comma = list.lastIndexOf(',', end - 1);
    const entry = normalise(list.slice(Math.max(comma + 1, end - 64), end).trim());
    if (entry === undefined) return client;
    client = entry;
    if (comma <= 0) return client;
    end = comma;
  }
  return client;
}

function normalise(entry: string | undefined): string | undefined {
  if (entry === undefined) return undefined;
  let address = entry;
  if (address.startsWith('[')) address = address.slice(1, address.indexOf(']'));
  else if (/^[\d.]+:\d{1,5}$/.test(address)) address = address.slice(0, address.indexOf(':'));
  if (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address)) address = address.slice(7);
  return isIP(address) === 0 ? undefined : address;
}
