import { securityHeaders } from '../../headers/headers.ts';
import { knownOptions } from '../../internal/known-options.ts';
import { ownOrigin } from '../../request/own-origin.ts';
import { type NextOptions, nextOptions } from '../next-options.ts';

/** What is read of a `next.config`. */
interface NextConfig {
  readonly headers?: () => Promise<readonly object[]>;
  readonly experimental?: object;
}

/** The configuration that `withBulwarkConfig` makes of one. */
export type DefendedConfig<Config> = Config & {
  readonly poweredByHeader: false;
  headers(): Promise<ConfiguredHeaders[]>;
  readonly experimental: {
    readonly sri: { readonly algorithm: 'sha256' };
    readonly serverActions: { readonly allowedOrigins?: string[] };
  };
};

export interface ConfiguredHeaders {
  source: string;
  headers: { key: string; value: string }[];
}

/**
 * Changes a `next.config`: no `X-Powered-By`, security headers for the files of the build also where no proxy runs, integrity for
 * scripts (SRI), and the hosts of `origin` for server actions behind proxies, which Next.js refuses otherwise.
 *
 * @param options the record that the proxy takes too
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { withBulwarkConfig } from 'bulwark/next/config';
 *
 * export default withBulwarkConfig({ reactStrictMode: true }, { origin: 'https://shop.example.com' });
 * ```
 */
export function withBulwarkConfig<Config extends object>(
  config: Config,
  options: NextOptions = {},
): DefendedConfig<Config> {
  const own = knownOptions(options, nextOptions);
  ownOrigin(own.origin);
  const lines = own.headers === false ? [] : securityHeaders(own.headers);
  const files: ConfiguredHeaders = {
    source: '/_next/:path*',
    headers: lines.map(([key, value]) => ({ key, value })),
  };
  const { experimental = {}, headers } = config as NextConfig;
  const { serverActions = {} } = experimental as { serverActions?: { allowedOrigins?: readonly string[] } };
  const hosts = [own.origin ?? []].flat().map((origin) => new URL(origin).host);
  const allowedOrigins = [...new Set([...(serverActions.allowedOrigins ?? []), ...hosts])];
  return {
    ...config,
    poweredByHeader: false,
    async headers() {
      const before = ((await headers?.()) ?? []) as ConfiguredHeaders[];
      return lines.length === 0 ? [...before] : [files, ...before];
    },
    experimental: {
      ...{ sri: { algorithm: 'sha256' }, ...experimental },
      serverActions: { ...serverActions, ...(allowedOrigins.length > 0 && { allowedOrigins }) },
    },
  } as unknown as DefendedConfig<Config>;
}
