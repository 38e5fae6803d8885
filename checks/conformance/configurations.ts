import type { AppOptions } from './contract.ts';

/** Where the users of the applications are. */
export const origin = 'https://shop.example';
/** Another site of the same people. */
export const friend = 'https://app.example';

/** Tests connect from 127.0.0.1 as the proxy, and from 127.0.0.2 as anybody. */
const trustedProxies = { hops: 1, from: ['127.0.0.1/32'] };

/** An application is started once for each of these. */
export const configurations: Readonly<Record<Configuration, AppOptions>> = {
  /** What one line gives, and a small limit for bodies. */
  plain: { bulwark: { maxBodyBytes: 200_000, csp: { reportTo: '/csp-reports' } } },
  /** Behind a proxy, with sealed sessions and CSRF. */
  sealed: { bulwark: { origin, trustedProxies }, session: 'sealed' },
  /** Behind a proxy, with sessions in memory, CORS, and limits of all kinds. */
  stored: {
    bulwark: {
      ...{ origin, trustedProxies },
      csp: { reportTo: '/csp-reports' },
      cors: { origins: [friend], allowCredentials: true },
      limits: { maxUrlLength: 500, maxHeaders: 30, maxQueryFields: 10, maxBodyFields: 20, maxBodyDepth: 5 },
    },
    session: 'memory',
    rateLimit: 20,
  },
  /** What can be switched off, switched off. */
  off: { bulwark: { headers: false, csp: false, limits: false, maxBodyBytes: 1_000_000 } },
};

export type Configuration = 'plain' | 'sealed' | 'stored' | 'off';
