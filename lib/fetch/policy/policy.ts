import type { Mode, ModeOptions } from '../../internal/mode.ts';
import type { Network } from '../address/network.ts';
import type { EgressDecision } from './egress-decision.ts';
import type { HostRule } from './host-rule.ts';
import type { ProxyRule } from './proxy-rule.ts';

/** An allowed private destination: a request passes if host, range and port all match. */
export interface PrivateDestination {
  /** `wiki.internal`, `*.svc.cluster.local`, or a literal address. */
  readonly host: string;
  /** A range such as `10.2.0.0/16`. Cloud metadata is allowed only by its own address, with /32 or /128. */
  readonly cidr: string;
  readonly ports: readonly number[];
}

/** Where connections may go. Also for `createAgents`, `createDispatcher` and the gateway's roles. */
export type ConnectionOptions = ModeOptions & {
  /** `'public'` for any host on the public internet, or names; `*.example.com` is every name below it, but not itself. */
  readonly hosts: 'public' | readonly string[];
  /** Private destinations to allow, in addition to `hosts`. None by default. */
  readonly allowPrivate?: readonly PrivateDestination[];
  /** 80 and 443 by default. */
  readonly ports?: readonly number[];
  /** Both by default. */
  readonly schemes?: readonly ('http' | 'https')[];
  /** GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS by default. */
  readonly methods?: readonly string[];
  /** The time limit for opening a connection, in milliseconds. 5,000 by default, and never more than `timeoutMs`. */
  readonly connectTimeoutMs?: number;
  /** This network's NAT64 prefixes, in addition to 64:ff9b::/96 (RFC 6052). The embedded IPv4 address is checked. */
  readonly nat64?: readonly string[];
  /**
   * The proxy for all connections: `http://user:password@proxy.example:3128`. Destinations are resolved and
   * checked here first, and the proxy receives the checked address (CONNECT). Proxies from the environment are never used.
   */
  readonly proxy?: string;
  /** Names this policy in events and decisions. */
  readonly name?: string;
  /** Called for every attempt, allowed or not. It must not throw, and is not awaited. */
  readonly onDecision?: (decision: EgressDecision) => void;
};

export type FetchOptions = ConnectionOptions & {
  /** The maximum size of a response body in bytes, after decompression. 10,000,000 by default. */
  readonly maxBytes?: number;
  /** The time limit for the whole exchange, including redirects and body, in milliseconds. 10,000 by default. */
  readonly timeoutMs?: number;
  /** The maximum compression ratio of a body, once it is larger than 1,000,000 bytes. 200 by default. */
  readonly maxRatio?: number;
  /** The allowed content types: `['text/html', 'image/*']`. Any by default. */
  readonly contentTypes?: readonly string[];
  /** The maximum number of redirects. 10 by default; 0 follows none. */
  readonly maxRedirects?: number;
  /** Follow a redirect from https to http. Off by default. */
  readonly allowHttpDowngrade?: boolean;
};

/** What a guarded fetch allows. It is frozen, and has its own connection pool, because a pooled socket is not checked again. */
export interface FetchPolicy {
  readonly name: string | undefined;
  /** Undefined: any public host. */
  readonly hosts: readonly HostRule[] | undefined;
  readonly allowPrivate: readonly PrivateRule[];
  readonly ports: readonly number[];
  /** As `URL` writes them: `https:`. */
  readonly schemes: readonly string[];
  readonly methods: readonly string[];
  readonly maxBytes: number;
  readonly maxRatio: number;
  /** Undefined: any. */
  readonly contentTypes: readonly string[] | undefined;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly maxRedirects: number;
  readonly allowHttpDowngrade: boolean;
  readonly nat64: readonly Network[];
  readonly proxy: ProxyRule | undefined;
  readonly onDecision: ((decision: EgressDecision) => void) | undefined;
  readonly mode: Mode;
}

export interface PrivateRule {
  readonly host: HostRule;
  readonly network: Network;
  readonly ports: readonly number[];
}
