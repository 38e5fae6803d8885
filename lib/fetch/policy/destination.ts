import { isIP } from 'node:net';
import { allowed, type Decision, type Denied, deny } from '../../refusal/decision.ts';
import { type Address, formatAddress, parseAddress } from '../address/address.ts';
import { classify } from '../address/classify.ts';
import { embeddedIpv4 } from '../address/embedded-ipv4.ts';
import { metadataNames } from '../address/metadata.ts';
import { contains } from '../address/network.ts';
import { canonicalHost, isLocalName, matchesHost } from './host-rule.ts';
import { parseUrl } from './parse-url.ts';
import type { FetchPolicy, PrivateRule } from './policy.ts';

/** Where a request goes. The socket is opened to `url`, so the decision and the connection read the same thing. */
export interface Destination {
  readonly url: URL;
  /** In the form that rules are compared in, see `canonicalHost`. */
  readonly host: string;
  readonly port: number;
  /** The address where the host is a literal one. */
  readonly address: Address | undefined;
}

/** Longer ones exist only to hide something in them; servers stop at 8 KiB as a rule. */
const longestUrl = 16_384;

/** The port that a socket is opened to. 0 is a port too, and not the default one. */
export function portOf({ port, protocol }: { readonly port: string; readonly protocol: string }): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** Reads a URL with the WHATWG parser alone, as two parsers are how checks are passed (CVE-2018-3774, CVE-2022-0686). */
export function parseDestination(text: string, base?: URL): Destination | Denied {
  const unusable = (why: string): Denied => deny('fetch/invalid-url', { url: text.slice(0, 256), why });
  if (text.length > longestUrl) return unusable('longer than 16,384 characters');
  const url = parseUrl(text, base);
  if (!url) return unusable('not an absolute URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return deny('fetch/scheme-not-allowed', { url: text.slice(0, 256) });
  }
  const host = canonicalHost(url.hostname);
  if (host === undefined) return unusable('no name that a resolver takes');
  if (url.username !== '' || url.password !== '') return deny('fetch/credentials-in-url', { host });
  // Certificates and most servers know the name without the dot that marks it as absolute.
  if (url.hostname.endsWith('.')) url.hostname = host;
  const port = portOf(url);
  return { url, host, port, address: parseAddress(host) };
}

/**
 * What the URL alone says, before anything is resolved. The codes that report mode cannot let pass come first, so that
 * a reported one never hides them.
 */
export function decideDestination({ url, host, port, address }: Destination, policy: FetchPolicy): Decision {
  if (!policy.schemes.includes(url.protocol)) {
    return deny('fetch/scheme-not-allowed', { url: url.href.slice(0, 256) });
  }
  return decidePlace(host, port, policy, address);
}

/** What host and port say, before the host is resolved. */
export function decidePlace(
  host: string,
  port: number,
  policy: FetchPolicy,
  address: Address | undefined = parseAddress(host),
): Decision {
  if (address !== undefined) return decideAddress(host, port, address, policy);
  // What `net` dials without a lookup, and nobody here can read.
  if (isIP(host) !== 0)
    return deny('fetch/invalid-url', { url: host.slice(0, 256), why: 'an unreadable address' });
  const named = policy.allowPrivate.filter((rule) => matchesHost(rule.host, host));
  if (metadataNames.includes(host) && !named.some((rule) => rule.network.prefix === 128)) {
    return deny('fetch/cloud-metadata', { host, address: '', rule: 'metadata name' });
  }
  if (named.length === 0) {
    const denied = decideHost(host, policy);
    if (!denied.allow) return denied;
  }
  if (policy.ports.includes(port) || named.some((rule) => rule.ports.includes(port))) return allowed;
  return deny('fetch/port-not-allowed', { host, port });
}

export function decideMethod(method: string, host: string, policy: FetchPolicy): Decision {
  return policy.methods.includes(method)
    ? allowed
    : deny('fetch/method-not-allowed', { method: method.slice(0, 32), host });
}

/** What one address says that the host stands for: asked for literals, for every answer of the resolver. */
export function decideAddress(host: string, port: number, address: Address, policy: FetchPolicy): Decision {
  if (privateRuleFor(host, port, address, policy)) return allowed;
  const { kind, rule } = classify(address, policy);
  if (kind !== 'public') {
    const code = kind === 'metadata' ? 'fetch/cloud-metadata' : 'fetch/private-address';
    return deny(code, { host, address: formatAddress(address), rule });
  }
  const denied = decideHost(host, policy);
  if (!denied.allow) return denied;
  return policy.ports.includes(port) ? allowed : deny('fetch/port-not-allowed', { host, port });
}

/** The entry of `allowPrivate` that opens this destination. */
export function privateRuleFor(
  host: string,
  port: number,
  address: Address,
  policy: FetchPolicy,
): PrivateRule | undefined {
  return policy.allowPrivate.find(
    (entry) =>
      matchesHost(entry.host, host) &&
      entry.ports.includes(port) &&
      contains(entry.network, address) &&
      // ISATAP stands in every range, so a wide one (fd00::/8) must not open the IPv4 address inside.
      (entry.network.prefix >= 104 || embeddedIpv4(address, policy.nat64) === undefined) &&
      (entry.network.prefix === 128 || classify(address, policy).kind !== 'metadata'),
  );
}

function decideHost(host: string, { hosts }: FetchPolicy): Decision {
  if (hosts) {
    return hosts.some((rule) => matchesHost(rule, host)) ? allowed : deny('fetch/host-not-allowed', { host });
  }
  // Refused before it is resolved: how the resolver answers would tell which internal names exist.
  return isLocalName(host)
    ? deny('fetch/private-address', { host, address: '', rule: 'local name' })
    : allowed;
}
