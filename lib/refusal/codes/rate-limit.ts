export interface RateLimitDetail {
  'rate-limit/exceeded': {
    readonly rule: string;
    readonly limit: number;
    readonly windowSeconds: number;
    readonly retryAfterSeconds: number;
  };
  'rate-limit/login-exceeded': {
    readonly budget: string;
    readonly device: boolean;
    readonly retryAfterSeconds: number;
  };
  'rate-limit/unavailable': { readonly store: string; readonly retryAfterSeconds: number };
  'rate-limit/store-failed': {
    readonly store: string;
    readonly fail: string;
    readonly reason: string;
    readonly message: string;
  };
  'rate-limit/memory-full': { readonly maxKeys: number };
}

export const rateLimitCodes = {
  /**
   * A client, account, session or route made more requests than its rule allows in a window (CWE-770). The response has `Retry-After`.
   * `rule` says which limit it was. If real users reach it, raise the limit, or count by account instead of address: an office or
   * a mobile network shares one address.
   *
   * ```ts
   * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
   *
   * const limiter = rateLimit({ store: memoryStore(), limit: 1, windowSeconds: 60, key: 'address' });
   * await limiter.enforce({ address: '203.0.113.9' });
   * await limiter.enforce({ address: '203.0.113.9' }); // refused
   * ```
   */
  'rate-limit/exceeded': {
    kind: 'refusal',
    status: 429,
    severity: 'low',
    cwe: 770,
    owasp: 'A06:2025',
    reportable: true,
    message: 'A request was refused, because there were too many requests.',
    hint: 'The client should wait as long as Retry-After says. If it is legitimate, raise the limit of this rule.',
  },
  /**
   * A password was not checked, because there were too many log-in attempts before it (CWE-307). `budget` says which limit was used up: that
   * of the `device`, of the `pair` of account and address, of the `account`, the `address`, the IPv6 `network` or the `site`. The
   * response is the same for accounts that don't exist.
   *
   * With `account`, only attempts without a device cookie of that account are refused. Its owner can still log in on devices they
   * have used before.
   *
   * ```text
   * {"code":"rate-limit/login-exceeded","action":"blocked","count":980,"evidence":{"budget":"account","device":false}}
   * ```
   */
  'rate-limit/login-exceeded': {
    kind: 'refusal',
    status: 429,
    severity: 'medium',
    cwe: 307,
    owasp: 'A07:2025',
    reportable: true,
    message: 'A log-in was refused before its password was checked, because there were too many attempts.',
    hint: 'Many of these for one account mean that someone is guessing its password; many for one address mean password spraying.',
  },
  /**
   * The rate-limit store is down or slow, and the limiter is set to refuse requests then (`fail: 'closed'`). Nothing was counted.
   * The event `rate-limit/store-failed` has the reason. With `fail: 'memory'`, each process counts in memory until the store is back.
   *
   * ```ts
   * import { loginLimit } from 'bulwark/rate-limit';
   * import { redisStore } from 'bulwark/rate-limit/redis';
   * import { keyring } from 'bulwark/secrets';
   * import { createClient } from 'redis';
   *
   * const keys = keyring('t0rD6sUuZ3yJQm8cWl5xFvA2eHk9bNPi');
   * loginLimit({ store: redisStore(createClient()), keys, fail: 'closed' });
   * ```
   */
  'rate-limit/unavailable': {
    kind: 'refusal',
    status: 503,
    severity: 'high',
    cwe: 636,
    owasp: 'A10:2025',
    message: 'A request was refused, because the rate-limit store does not answer.',
    hint: 'Check the store. The event rate-limit/store-failed has the reason.',
  },
  /**
   * A call to the store failed or took too long, or was skipped because earlier calls had. `fail` says what happens to the request:
   * `closed` refuses it, `memory` counts it in this process, `open` lets it pass uncounted.
   *
   * ```text
   * {"code":"rate-limit/store-failed","count":312,"evidence":{"store":"redis","fail":"memory","reason":"it did not answer in time"}}
   * ```
   */
  'rate-limit/store-failed': {
    kind: 'notice',
    severity: 'high',
    cwe: 636,
    owasp: 'A10:2025',
    message: 'The rate-limit store failed.',
    hint: 'Check that the store runs and answers within `timeoutMs`.',
  },
  /**
   * The application runs in production, and its limits are counted in memory. Each process allows the full limit, and a restart
   * forgets all counters. Use `redisStore` or `postgresStore`, or set `allowInProduction` if there is only one process.
   *
   * ```ts
   * import { memoryStore } from 'bulwark/rate-limit';
   *
   * memoryStore({ allowInProduction: true });
   * ```
   */
  'rate-limit/memory-store': {
    kind: 'notice',
    severity: 'medium',
    cwe: 770,
    owasp: 'A02:2025',
    message: 'Rate limits are counted in the memory of one process, in production.',
    hint: 'Use redisStore or postgresStore, or set allowInProduction if one process serves everything.',
  },
  /**
   * The memory store is full and dropped a counter that was still needed. The one with the fewest points is dropped first.
   * If this happens without an attack, raise `maxKeys`.
   *
   * ```text
   * {"code":"rate-limit/memory-full","count":52114,"evidence":{"maxKeys":100000}}
   * ```
   */
  'rate-limit/memory-full': {
    kind: 'notice',
    severity: 'medium',
    cwe: 770,
    owasp: 'A06:2025',
    message: 'The rate-limit memory store is full and dropped a counter.',
    hint: 'Raise `maxKeys`, or use the Redis or PostgreSQL store.',
  },
  /**
   * A rule counts by address, but the request had none. All such requests share one counter. So they are limited, but
   * one client can use it up for all others. Behind a proxy on a Unix socket, set `trustedProxies`.
   *
   * ```ts
   * import { bulwark } from 'bulwark/express';
   *
   * bulwark({ trustedProxies: 1 });
   * ```
   */
  'rate-limit/no-address': {
    kind: 'notice',
    severity: 'medium',
    cwe: 770,
    owasp: 'A02:2025',
    message: 'A request without a client address was counted together with all others that have none.',
    hint: 'Behind a proxy, set `trustedProxies`. If you call the limiter yourself, pass the address that `trustedProxies` finds.',
  },
} as const;
