import { ipWords, spellIp } from './ip-words.ts';

/**
 * The one spelling of an address, without port, brackets and zone, and IPv4-mapped addresses as IPv4. Undefined for
 * anything that is not an address.
 *
 * @example
 * ```text
 * ipAddress('[2001:DB8:0:0::1]:443')  '2001:db8::1'
 * ipAddress('::ffff:203.0.113.9')     '203.0.113.9'
 * ipAddress('unknown')                undefined
 * ```
 */
export function ipAddress(entry: string | undefined): string | undefined {
  if (entry === undefined || entry.length > longest) return undefined;
  const [, bracketed, plain, port = '0'] = withPort.exec(entry) ?? [];
  if (Number(port) > 65_535) return undefined;
  const address = bracketed ?? plain ?? entry;
  const words = ipWords(address);
  if (words === undefined) return undefined;
  if (words.length === 2) return entry.startsWith('[') ? undefined : address;
  return spellIp(words);
}

/** Room for an IPv6 address in brackets, with a zone and a port. */
const longest = 128;

const withPort = /^(?:\[([^\]]*)\]|([\d.]+)(?=:))(?::(\d{1,5}))?$/;
