import type { IncomingMessage } from 'node:http';
import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';

/** What every adapter over `node:http` takes. */
export interface DefenceOptions {
  /** How many of your own proxies are in front and write `X-Forwarded-For`. 0 by default: the header is ignored. */
  readonly trustedProxies?: number;
  /** Changes to the security headers, or `false` for none. */
  readonly headers?: HeaderOptions | false;
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /**
   * The largest body that a request may announce, in bytes, or a function that says so for each request: a larger one is
   * answered with 413 before it is read. 1,073,741,824 (1 GiB, as in Apache) by default. Body parsers have smaller limits
   * of their own.
   */
  readonly maxBodyBytes?: number | ((req: IncomingMessage) => number);
}

export const defenceOptions = ['trustedProxies', 'headers', 'csp', 'maxBodyBytes'] as const;
