import type { PrivateDestination } from '../policy.ts';

/**
 * What a configuration file holds, and what `startGateway` takes. Whatever else stands in it is refused. Paths of files
 * are relative to the configuration's folder.
 */
export interface GatewayConfig {
  /** Where clients connect. 127.0.0.1:4750 by default. Any other address than loopback needs roles that authenticate. */
  readonly listen?: {
    readonly host?: string;
    /** 0 takes a free one. */
    readonly port?: number;
    readonly tls?: GatewayTls;
  };
  /** Where /health, /ready and /metrics are served, on 127.0.0.1 by default. Left out: nowhere. */
  readonly admin?: { readonly host?: string; readonly port: number };
  /** Where decisions are written, one JSON object a line. Standard output by default. */
  readonly log?: 'stdout' | { readonly file: string };
  readonly limits?: GatewayLimits;
  /** At least one. The first that a client's certificate matches is its role. */
  readonly roles: readonly RoleConfig[];
}

/** Files in PEM. */
export interface GatewayTls {
  readonly key: string;
  readonly cert: string;
  /** Who signs the certificates of clients. Roles with `certificates` need it. */
  readonly clientCa?: string;
}

export interface GatewayLimits {
  /** Tunnels and plain requests under way at a time, of all roles. 2,000 by default. */
  readonly maxTunnels?: number;
  /** The same for each role that does not say otherwise. 1,000 by default. */
  readonly maxTunnelsPerRole?: number;
  /** Connections of clients, idle ones among them. 4,000 by default. */
  readonly maxConnections?: number;
  /** For each role that does not say otherwise; as many may come at once. 1,000 by default. */
  readonly requestsPerSecond?: number;
  /** Names being resolved at a time. 256 by default. */
  readonly maxLookups?: number;
  /** A tunnel, a body or an answer on which nothing moves ends after this time. 60,000 by default. */
  readonly idleMs?: number;
  /** The longest life of a tunnel or of a plain request. 3,600,000 (one hour) by default. */
  readonly tunnelMs?: number;
  /** For resolving and connecting together. 5,000 by default. */
  readonly connectTimeoutMs?: number;
  /** For the head of a request, and for the TLS handshake. 10,000 by default. */
  readonly headerTimeoutMs?: number;
  /** How long a client's connection may wait for its next request. 5,000 by default. */
  readonly keepAliveMs?: number;
  /** Of a request's or an answer's head. 16,384 by default. */
  readonly maxHeaderBytes?: number;
  /** How long what is under way may take to finish after SIGTERM. 30,000 by default. */
  readonly drainMs?: number;
}

export interface RoleConfig {
  /** Names the role in the log and in the metrics: letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** Clients that send this in Proxy-Authorization. */
  readonly credentials?: readonly CredentialConfig[];
  /** Clients that show one of these certificates. */
  readonly certificates?: readonly CertificateConfig[];
  /** Clients that show nothing. Only where the gateway listens on loopback, and for one role. */
  readonly anonymous?: boolean;
  /**
   * What hosts, ports and methods outside of the rules get: `enforce` refuses them, `report` lets them pass until a date
   * and writes that, `open` lets them pass. Private addresses and cloud metadata are refused in all three.
   */
  readonly action?: 'enforce' | 'report' | 'open';
  /** The end of `report`: a date at most 180 days ahead. */
  readonly until?: string;
  /** `'public'`, or names; `*.example.com` is every name below. */
  readonly hosts: 'public' | readonly string[];
  /** Private destinations that are meant. None by default. */
  readonly allowPrivate?: readonly PrivateDestination[];
  /** 80 and 443 by default. */
  readonly ports?: readonly number[];
  /** `http` is plain requests, `https` is tunnels, whatever they carry. Both by default. */
  readonly schemes?: readonly ('http' | 'https')[];
  /** Of plain requests; those in tunnels are not seen. */
  readonly methods?: readonly string[];
  /** Prefixes of this network's NAT64 gateways beside 64:ff9b::/96. */
  readonly nat64?: readonly string[];
  /** The proxy that this role's connections go through: `http://user:password@proxy.example:3128`. */
  readonly proxy?: string;
  readonly requestsPerSecond?: number;
  readonly maxTunnels?: number;
}

/** One of the three ways to say the password. */
export interface CredentialConfig {
  readonly user: string;
  /** SHA-256 in hexadecimal. A long random password needs no slower hash; a short one is found by trying. */
  readonly passwordSha256?: string;
  /** The environment's variable that holds it. */
  readonly passwordEnv?: string;
  /** The file that holds it; a newline at its end is no part of it. */
  readonly passwordFile?: string;
}

/** One of the three things that a certificate may be known by. */
export interface CertificateConfig {
  /** The whole common name. */
  readonly cn?: string;
  /** A subject alternative name with its type: `URI:spiffe://prod/previews`, `DNS:previews.internal`. */
  readonly san?: string;
  /** SHA-256 in hexadecimal, with or without colons. */
  readonly fingerprint256?: string;
}
