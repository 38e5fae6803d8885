import { formatAddress, parseAddress } from './address.ts';
import { parseUrl } from './parse-url.ts';

/** One host by its exact name, or with `wildcard` every name below it and not the name itself. */
export interface HostRule {
  readonly name: string;
  readonly wildcard: boolean;
}

/**
 * The host of a URL in the one form that rules are compared in: lower case, IDNA in its ASCII form (both done by `URL`),
 * no trailing dot, IPv6 without brackets. Undefined where no resolver and no certificate could mean it.
 */
export function canonicalHost(hostname: string): string | undefined {
  if (hostname.startsWith('[')) {
    const address = parseAddress(hostname.slice(1, -1));
    return address === undefined ? undefined : formatAddress(address);
  }
  const name = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  if (name.length > 253) return undefined;
  return name.split('.').every((label) => /^[a-z0-9_-]{1,63}$/.test(label)) ? name : undefined;
}

/** Reads `api.example.com`, `*.example.com`, `203.0.113.9` or `[2001:db8::1]`; undefined for anything else. */
export function parseHostRule(text: string): HostRule | undefined {
  const wildcard = text.startsWith('*.');
  const name = wildcard ? text.slice(2) : text;
  // What URL would read as a port, a path, userinfo or white space has no place in a name.
  if (name === '' || /[\s/\\?#@*%]/.test(name) || (name.includes(':') && !name.startsWith('[')))
    return undefined;
  const url = parseUrl(`http://${name}/`);
  if (!url) return undefined;
  const host = canonicalHost(url.hostname);
  if (host === undefined || url.port !== '') return undefined;
  return wildcard && parseAddress(host) !== undefined ? undefined : { name: host, wildcard };
}

export function matchesHost(rule: HostRule, host: string): boolean {
  return rule.wildcard ? host.endsWith(`.${rule.name}`) : host === rule.name;
}

/**
 * True for a name that the public DNS never answers: one label, and the endings that are set aside for local use
 * (RFC 6761, RFC 6762, RFC 8375, ICANN's reservations of 2018 and 2024, and what home and office routers hand out).
 */
export function isLocalName(host: string): boolean {
  if (parseAddress(host) !== undefined) return false;
  const labels = host.split('.');
  if (labels.length === 1 || host.endsWith('.home.arpa')) return true;
  return localEndings.has(labels.at(-1) ?? '');
}

const localEndings: ReadonlySet<string> = new Set([
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'mail',
  'lan',
  'test',
  'invalid',
  'onion',
]);
