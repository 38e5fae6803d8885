import type { CspOptions } from '../csp/csp-options.ts';
import type { OnError } from '../errors/failure-log.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import type { RequestLimitOptions } from '../limits/request-limits.ts';
import type { TrustedProxyOptions } from '../request/trusted-proxies.ts';
import { guardOptions } from '../web/guard-option-names.ts';
import type { GuardOptions } from '../web/guard-options.ts';

/** What one path changes. */
export interface NextRoute {
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /** Changes to the headers; `false` removes one. */
  readonly headers?: HeaderOptions;
}

/**
 * What the parts of an application on Next.js take. Each part uses the options that it needs, so that one record serves all of them:
 * the server and the proxy set headers, and the handlers, actions and pages refuse.
 */
export interface NextOptions extends GuardOptions {
  /**
   * How many of your own proxies every request passes, and the addresses they have. Only the server of `bulwark/next/server` sees
   * them. 0 by default.
   */
  readonly trustedProxies?: number | TrustedProxyOptions;
  /** Changes to the security headers, or `false` for none. */
  readonly headers?: HeaderOptions | false;
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /**
   * Changes for single paths, such as `/map`, or `/embed/*` for all below it. The most exact one applies. A server component can't set
   * headers, so they are set before it runs.
   */
  readonly routes?: Readonly<Record<string, NextRoute>>;
  /** The largest body in bytes. 1,073,741,824 (1 GiB) by default. Next.js has smaller limits for server actions. */
  readonly maxBodyBytes?: number;
  /** Changes to the limits of URLs, header lines and query fields, or `false` for none. */
  readonly limits?: RequestLimitOptions | false;
  /** Called with every error that is answered with 5xx and isn't a refusal, and with the request's id. */
  readonly onError?: OnError;
}

export const nextOptions: readonly (keyof NextOptions)[] = [
  ...(['trustedProxies', 'headers', 'csp', 'routes', 'maxBodyBytes', 'limits', 'onError'] as const),
  ...guardOptions,
];
