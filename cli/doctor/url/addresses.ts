import { isIP } from 'node:net';

/** Normalises an address: no port, brackets or zone, and IPv4-mapped addresses as IPv4. Undefined for anything else. */
export function addressIn(entry: string | undefined): string | undefined {
  if (entry === undefined) return undefined;
  const text = entry.trim().replace(/^"|"$/g, '');
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  const plain = (bracketed ?? text.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1'))
    .replace(/%.*$/, '')
    .toLowerCase();
  const mapped = plain.replace(/^::ffff:(?=\d+\.)/, '');
  return isIP(mapped) === 0 ? undefined : mapped;
}

/** The addresses that proxies wrote, from the client inwards; undefined for an entry that isn't an address. */
export function forwardedList(
  header: string | undefined,
  family: 'x-forwarded' | 'forwarded',
): (string | undefined)[] {
  if (header === undefined || header.trim() === '') return [];
  return header
    .split(',')
    .slice(0, 100)
    .map((entry) =>
      addressIn(family === 'forwarded' ? /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;]*)/i.exec(entry)?.[1] : entry),
    );
}

export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(?:127\.|::1$)/.test(address);
}

export function isLoopbackHost(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Private and link-local addresses (RFC 1918, RFC 4193, RFC 3927, RFC 4291). */
export function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/.test(
    address,
  );
}
