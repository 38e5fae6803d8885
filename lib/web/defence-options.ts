import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import type { RequestLimitOptions } from '../limits/request-limits.ts';
import type { TrustedProxyOptions } from '../request/trusted-proxies.ts';
import type { GuardOptions } from './guard-options.ts';

/** What every adapter for web requests takes. */
export interface WebDefenceOptions extends GuardOptions {
  /**
   * How many of your own proxies every request passes, and the addresses they have: `{ hops: 1, from: ['10.0.0.0/8'] }`. 0 by
   * default: forwarded headers are ignored.
   */
  readonly trustedProxies?: number | TrustedProxyOptions;
  /** Changes to the security headers, or `false` for none. */
  readonly headers?: HeaderOptions | false;
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /** The largest body in bytes, or a function of the request. 1,073,741,824 (1 GiB) by default. */
  readonly maxBodyBytes?: number | ((request: Request) => number);
  /** Changes to the limits of URLs, header lines and query fields, or `false` for none. */
  readonly limits?: RequestLimitOptions | false;
}

/** What a web `Request` does not tell: the server knows it. */
export interface Connection {
  /** The peer's address, `unix` for a Unix socket. Without it there is no client's address. */
  readonly remote?: string | undefined;
  /** Whether the connection to this process uses TLS. By default, as the request's URL says. */
  readonly encrypted?: boolean | undefined;
}
