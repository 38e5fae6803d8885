import type { Cors, CorsOptions } from '../cors/cors.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import { routeCors } from '../node/route/route-cors.ts';
import { routeCsp } from '../node/route/route-csp.ts';
import { routeHeaders } from '../node/route/route-headers.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import { Misuse } from '../refusal/misuse.ts';
import { addOptions, type RouteOptions } from './route-options.ts';

/** A decorator of a route, or of a controller and all its routes. What a route says takes precedence. */
export type RouteDecorator = (
  target: object,
  name?: string | symbol,
  descriptor?: PropertyDescriptor,
) => void;

/**
 * Changes the Content-Security-Policy of a route. The changes apply to the policy of the module; `false` sends none.
 *
 * @throws Misuse at startup, as `csp` does
 *
 * @example
 * ```ts
 * import { RouteCsp } from 'bulwark/nest';
 *
 * // @RouteCsp({ extend: { 'frame-src': ['https://maps.example.com'] } })
 * export const WithMap = RouteCsp({ extend: { 'frame-src': ['https://maps.example.com'] } });
 * ```
 */
export function RouteCsp(changes: CspOptions | false): RouteDecorator {
  routeCsp(changes);
  return decorator({ csp: changes });
}

/**
 * Sets or removes headers of a route; `false` removes one, also if something else has set it before the handler runs.
 *
 * @throws Misuse at startup: `headers/invalid-header`, `headers/invalid-value`
 *
 * @example
 * ```ts
 * import { RouteHeaders } from 'bulwark/nest';
 *
 * // @Get('widget') @Embeddable widget() { ... }
 * export const Embeddable = RouteHeaders({ 'X-Frame-Options': false });
 * ```
 */
export function RouteHeaders(changes: HeaderOptions): RouteDecorator {
  routeHeaders(changes);
  return decorator({ headers: changes });
}

/**
 * Lets other sites read the responses of a route, and answers its preflights.
 *
 * @throws Misuse at startup, as `cors` does
 *
 * @example
 * ```ts
 * import { RouteCors } from 'bulwark/nest';
 *
 * // @Get('data') @Shared data() { ... }
 * export const Shared = RouteCors({ origins: ['https://app.example.com'] });
 * ```
 */
export function RouteCors(options: CorsOptions | Cors): RouteDecorator {
  routeCors(options);
  return decorator({ cors: options });
}

/**
 * Limits how often a route may be called, by the client's address, the user of `currentRequest()`, the session and the route's pattern. A request
 * over the limit is answered with 429 and `Retry-After`, before the guards of the application run.
 *
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { RouteRateLimit } from 'bulwark/nest';
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 *
 * // @RouteRateLimit(exporting)
 * const exporting = rateLimit({ store: memoryStore(), limit: 10, windowSeconds: 60, key: ['route', 'address'] });
 * export const Exporting = RouteRateLimit(exporting);
 * ```
 */
export function RouteRateLimit(limiter: RateLimiter): RouteDecorator {
  if (typeof limiter?.check !== 'function') {
    throw new Misuse(
      'bulwark/invalid-option',
      'RouteRateLimit takes what `rateLimit(...)` of bulwark/rate-limit returns.',
    );
  }
  return decorator({ rateLimit: limiter });
}

/** Options for the method of that name, or for the class. */
export function decorator(options: RouteOptions): RouteDecorator {
  return (target, name) => addOptions(options, target, name);
}
