import { formatAddress, parseAddress } from '../address/address.ts';
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

/** As rules are compared. What no rule could name stays as it is: it matches none, and its addresses are checked. */
export function hostOf(hostname: string): string {
  const address = parseAddress(hostname);
  if (address !== undefined) return formatAddress(address);
  return canonicalHost(hostname.toLowerCase()) ?? hostname;
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
 * True for a name that the public DNS never answers: one label, and the endings that are set aside for local use. Takes
 * a name as `canonicalHost` gives it; a trailing dot changes nothing.
 *
 * `example` (RFC 6761) is not among them: it is for pages and tests, and nobody has internal hosts there.
 */
export function isLocalName(host: string): boolean {
  if (parseAddress(host) !== undefined) return false;
  const labels = host.replace(/\.$/, '').split('.');
  if (labels.length === 1) return true;
  return localEndings.has(labels.at(-1) ?? '') || localZones.has(labels.slice(-2).join('.'));
}

const localEndings: ReadonlySet<string> = new Set([
  // RFC 6761, RFC 6762, RFC 7686 and RFC 9476.
  ...['localhost', 'test', 'invalid', 'local', 'onion', 'alt'],
  // RFC 6762, appendix G: in use on private networks.
  ...['intranet', 'internal', 'private', 'corp', 'home', 'lan'],
  // ICANN keeps `internal` for private use (2024), and never delegates `corp`, `home` and this one (2018).
  'mail',
  // What home routers hand out, and hosts files; Kubernetes, where a pod's search list leads to the cluster; Consul.
  ...['localdomain', 'svc', 'consul'],
]);

/** Zones below arpa that each network answers for itself: RFC 8375, RFC 9462 and RFC 9665. */
const localZones: ReadonlySet<string> = new Set(['home.arpa', 'resolver.arpa', 'service.arpa']);
