import type { IncomingMessage } from 'node:http';
import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import type { RequestLimitOptions } from '../limits/request-limits.ts';
import type { TrustedProxyOptions } from '../request/trusted-proxies.ts';
import { guardOptions } from '../web/guard-option-names.ts';
import type { GuardOptions } from '../web/guard-options.ts';

/** What every adapter over `node:http` takes. */
export interface DefenceOptions extends GuardOptions {
  /**
   * How many of your own proxies every request passes, and the addresses they have: `{ hops: 1, from: ['10.0.0.0/8'] }`. A bare number
   * believes loopback, private and link-local peers only. 0 by default: forwarded headers are ignored.
   */
  readonly trustedProxies?: number | TrustedProxyOptions;
  /** Changes to the security headers, or `false` for none. */
  readonly headers?: HeaderOptions | false;
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /**
   * The largest body in bytes, or a function that says so for each request. A body announced as larger is answered with 413
   * before it is read; one without a length is cut when it has grown larger. 1,073,741,824 (1 GiB, as in Apache) by default.
   * Body parsers have smaller limits of their own.
   */
  readonly maxBodyBytes?: number | ((req: IncomingMessage) => number);
  /** Changes to the limits of URLs, header lines and fields, or `false` for none. */
  readonly limits?: RequestLimitOptions | false;
}

export const defenceOptions: readonly (keyof DefenceOptions)[] = [
  ...(['trustedProxies', 'headers', 'csp', 'maxBodyBytes', 'limits'] as const),
  ...guardOptions,
];

/** As in Apache. */
export const usualBodyBytes = 1_073_741_824;
