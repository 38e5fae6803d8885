import type { PrivateDestination } from '../../policy/policy.ts';

/**
 * The content of a configuration file, and the argument of `startGateway`. Unknown fields are refused. File paths
 * are relative to the configuration's folder.
 */
export interface GatewayConfig {
  /** Where clients connect. 127.0.0.1:4750 by default. Any address other than loopback needs every role to authenticate. */
  readonly listen?: {
    readonly host?: string;
    /** 0 for a free port. */
    readonly port?: number;
    readonly tls?: GatewayTls;
  };
  /** Where /health, /ready and /metrics are served, on 127.0.0.1 by default. Without it, they are not served. */
  readonly admin?: { readonly host?: string; readonly port: number };
  /** Where decisions are logged, one JSON object per line. Standard output by default. */
  readonly log?: 'stdout' | { readonly file: string };
  readonly limits?: GatewayLimits;
  /** At least one. A client with a certificate gets the first role that the certificate matches. */
  readonly roles: readonly RoleConfig[];
}

/** Paths of PEM files. */
export interface GatewayTls {
  readonly key: string;
  readonly cert: string;
  /** The CA that signs client certificates. Roles with `certificates` need it. */
  readonly clientCa?: string;
}

export interface GatewayLimits {
  /** The maximum number of open tunnels and plain requests, over all roles. 2,000 by default. */
  readonly maxTunnels?: number;
  /** The same for each role, unless it sets `maxTunnels`. 1,000 by default. */
  readonly maxTunnelsPerRole?: number;
  /** The maximum number of client connections, including idle ones. 4,000 by default. */
  readonly maxConnections?: number;
  /** The rate limit of each role, unless it sets its own; also the size of a burst. 1,000 by default. */
  readonly requestsPerSecond?: number;
  /** The maximum number of names being resolved at the same time. 256 by default. */
  readonly maxLookups?: number;
  /** The time after which a tunnel, body or answer without any traffic is ended. 60,000 by default. */
  readonly idleMs?: number;
  /** The maximum lifetime of a tunnel or a plain request. 3,600,000 (one hour) by default. */
  readonly tunnelMs?: number;
  /** The time limit for resolving and connecting together. 5,000 by default. */
  readonly connectTimeoutMs?: number;
  /** The time limit for the head of a request, and for the TLS handshake. 10,000 by default. */
  readonly headerTimeoutMs?: number;
  /** How long a client's connection may stay open between two requests. 5,000 by default. */
  readonly keepAliveMs?: number;
  /** The maximum size of the head of a request or an answer. 16,384 by default. */
  readonly maxHeaderBytes?: number;
  /** How long open requests may take to finish after SIGTERM. 30,000 by default. */
  readonly drainMs?: number;
}

export interface RoleConfig {
  /** The role's name in the log and the metrics: letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  /** For clients that send one of these in Proxy-Authorization. */
  readonly credentials?: readonly CredentialConfig[];
  /** For clients that present one of these certificates. */
  readonly certificates?: readonly CertificateConfig[];
  /** For clients without credentials. Possible for one role, and only if the gateway listens on loopback. */
  readonly anonymous?: boolean;
  /**
   * What happens to hosts, ports and methods that the rules don't allow: `enforce` refuses them, `report` allows them until a date
   * and logs that, `open` allows them. Private addresses and cloud metadata are refused in all three.
   */
  readonly action?: 'enforce' | 'report' | 'open';
  /** The end of `report`: a date at most 180 days ahead. */
  readonly until?: string;
  /** `'public'`, or names; `*.example.com` is every name below it, but not itself. */
  readonly hosts: 'public' | readonly string[];
  /** Private destinations to allow. None by default. */
  readonly allowPrivate?: readonly PrivateDestination[];
  /** 80 and 443 by default. */
  readonly ports?: readonly number[];
  /** `http` means plain requests, `https` means tunnels, whatever they carry. Both by default. */
  readonly schemes?: readonly ('http' | 'https')[];
  /** The allowed methods of plain requests. Methods inside tunnels are not visible. */
  readonly methods?: readonly string[];
  /** This network's NAT64 prefixes, in addition to 64:ff9b::/96. */
  readonly nat64?: readonly string[];
  /** The proxy for this role's connections: `http://user:password@proxy.example:3128`. */
  readonly proxy?: string;
  readonly requestsPerSecond?: number;
  readonly maxTunnels?: number;
}

/** A user, with exactly one of the three fields for the password. */
export interface CredentialConfig {
  readonly user: string;
  /** The password's SHA-256 in hexadecimal. That is enough for a long random password; a short one can be guessed. */
  readonly passwordSha256?: string;
  /** The environment variable that holds the password. */
  readonly passwordEnv?: string;
  /** The file that holds the password, without a newline at its end. */
  readonly passwordFile?: string;
}

/** Identifies a certificate by exactly one of the three fields. */
export interface CertificateConfig {
  /** The full common name. */
  readonly cn?: string;
  /** A subject alternative name with its type: `URI:spiffe://prod/previews`, `DNS:previews.internal`. */
  readonly san?: string;
  /** SHA-256 in hexadecimal, with or without colons. */
  readonly fingerprint256?: string;
}
