import type { IncomingMessage, ServerResponse } from 'node:http';
import { enforce } from '../../internal/refuse.ts';
import type { RateLimiter } from '../../rate-limit/rate-limit.ts';
import type { RateLimitFacts } from '../../rate-limit/rule.ts';
import { addRateLimits } from '../../web/add-rate-limits.ts';
import { routeFacts } from '../../web/route-facts.ts';

/**
 * Limits how often a route may be called. It counts by the client's address, the user of `currentRequest()` and the route, and by
 * what `facts` adds. Its headers are added to those of an earlier limiter.
 *
 * @returns a function that resolves if the request may continue
 * @throws Refusal `rate-limit/exceeded`, `rate-limit/unavailable`; Misuse `bulwark/invalid-option` at startup for a rule by session
 * without `facts`
 *
 * @example
 * ```ts
 * import { bulwark, routeRateLimit } from 'bulwark/node';
 * import { memoryStore, rateLimit } from 'bulwark/rate-limit';
 *
 * const exporting = routeRateLimit(rateLimit({ store: memoryStore(), limit: 10, windowSeconds: 60, key: 'address' }));
 * bulwark({}, async (req, res) => {
 *   if (req.url === '/export') await exporting(req, res); // the eleventh in a minute is answered with 429
 *   res.end('...');
 * });
 * ```
 */
export function routeRateLimit<Req extends IncomingMessage = IncomingMessage>(
  limiter: RateLimiter,
  facts?: (req: Req) => RateLimitFacts,
): (req: Req, res: ServerResponse) => Promise<void> {
  const factsOf = routeFacts(limiter, facts);
  return async function limitRoute(req, res) {
    const { decision, headers } = await limiter.check(factsOf(req));
    for (const [name, value] of addRateLimits((name) => textOf(res.getHeader(name)), headers))
      res.setHeader(name, value);
    enforce(decision);
  };
}

function textOf(header: ReturnType<ServerResponse['getHeader']>): string | undefined {
  return header === undefined ? undefined : String(header);
}
