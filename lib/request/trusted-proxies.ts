import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { type AnyRequest, headerOf } from './any-request.ts';
import { ipAddress } from './ip-address.ts';
import type { Peer } from './peer-of.ts';
import type { Proxied } from './proxied.ts';
import { readForwarded } from './read-forwarded.ts';
import { trustedPeers } from './trusted-peers.ts';

export interface TrustedProxyOptions {
  /** How many of your own proxies every request passes, 0 to 16. 0 ignores the headers. */
  readonly hops: number;
  /**
   * The addresses of those proxies: addresses, networks such as `10.0.0.0/8`, and `private` for the default: loopback, private and
   * link-local addresses (not 100.64.0.0/10). A Unix socket is always believed. Name a proxy that has a public address, such
   * as a CDN's.
   */
  readonly from?: readonly string[];
  /** The headers that your proxies write. `x-forwarded` by default; `forwarded` is RFC 7239. The other ones are never read. */
  readonly headers?: 'x-forwarded' | 'forwarded';
  /**
   * Believes the host of `X-Forwarded-Host`, or of `Forwarded`. nginx, load balancers and CDNs pass on the one that the client sent
   * unless you configure them to overwrite it, so that without this only `Host` is read.
   */
  readonly allowForwardedHost?: boolean;
}

/** What is known about a request's connection. */
export interface ConnectionFacts extends Peer {
  readonly headers: AnyRequest['headers'];
  /** The host that the request names, where no header has it. */
  readonly host?: string | undefined;
}

/** Reads what your own proxies say about a request, and nobody else. */
export interface TrustedProxies {
  readonly hops: number;
  read(facts: ConnectionFacts): Proxied;
}

/**
 * Decides which forwarded headers to believe. Each proxy appends what it saw, so only the last `hops` entries of a list
 * can come from your proxies, and only if each was written by a peer in `from`. The first entry that is not such a
 * peer is the client. Everything left of it is the client's claim.
 *
 * @param option a number is short for `{ hops }`
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { trustedProxies } from 'bulwark/request';
 *
 * const proxies = trustedProxies({ hops: 1, from: ['10.0.0.0/8'] });
 * const headers = { host: 'shop.example.com', 'x-forwarded-for': '6.6.6.6, 203.0.113.9', 'x-forwarded-proto': 'https' };
 * proxies.read({ remote: '10.0.0.2', encrypted: false, headers });
 * // { client: '203.0.113.9', protocol: 'https', host: 'shop.example.com' }
 * proxies.read({ remote: '198.51.100.7', encrypted: false, headers }).client; // '198.51.100.7'
 * ```
 */
export function trustedProxies(option: number | TrustedProxyOptions = 0): TrustedProxies {
  const options = typeof option === 'number' ? { hops: option } : option;
  const own = knownOptions<TrustedProxyOptions>(options, ['hops', 'from', 'headers', 'allowForwardedHost']);
  const hops = own.hops as number;
  if (!(Number.isInteger(hops) && hops >= 0 && hops <= 16)) {
    throw new Misuse(
      'bulwark/invalid-option',
      'trustedProxies takes a whole number from 0 to 16, or { hops, from }.',
    );
  }
  const family = own.headers ?? 'x-forwarded';
  if (family !== 'x-forwarded' && family !== 'forwarded') {
    throw new Misuse('bulwark/invalid-option', "trustedProxies.headers is 'x-forwarded' or 'forwarded'.");
  }
  const believes = trustedPeers(own.from);
  const withHost = own.allowForwardedHost === true;

  return Object.freeze({
    hops,
    read(facts: ConnectionFacts): Proxied {
      const request = facts as AnyRequest;
      const peer = facts.remote === 'unix' ? 'unix' : ipAddress(facts.remote);
      const direct = directly(facts, peer);
      if (hops === 0 || !believes(peer)) {
        const header = forwardedNames.find((name) => headerOf(request, name) !== undefined);
        if (header === undefined) return direct;
        return { ...direct, ignored: { peer: peer ?? 'unknown', header, hops } };
      }
      return readForwarded(request, direct, { family, hops, believes, withHost });
    },
  });
}

const forwardedNames = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded'];

/** What the connection itself shows. */
function directly(facts: ConnectionFacts, peer: string | undefined): Proxied {
  const request = facts as AnyRequest;
  // A web `Headers` has no `:authority`, and throws when asked.
  const http2 = typeof facts.headers.get === 'function' ? undefined : headerOf(request, ':authority');
  const host = http2 ?? headerOf(request, 'host') ?? facts.host;
  return {
    ...(peer !== undefined && peer !== 'unix' && { client: peer }),
    protocol: facts.encrypted ? 'https' : 'http',
    ...(host !== undefined && { host }),
  };
}
