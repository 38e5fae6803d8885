import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import type { RateLimitFacts } from '../rate-limit/rule.ts';
import { Misuse } from '../refusal/misuse.ts';
import { currentRequest } from '../request/context.ts';
import { noAddress } from './limit-request.ts';

/**
 * What is known about a request that a limiter can count by, and what the application adds.
 *
 * @throws Misuse `bulwark/invalid-option` for a rule by session without a session to count by
 */
export function routeFacts<Req>(
  limiter: RateLimiter,
  added: ((req: Req) => RateLimitFacts) | undefined,
): (req: Req) => RateLimitFacts {
  if (added === undefined && limiter.needs.includes('session')) {
    throw new Misuse(
      'bulwark/invalid-option',
      'routeRateLimit does not know the session. Pass it second: (req) => ({ session: sessions.of(req).binding }).',
    );
  }
  return (req) => {
    const context = currentRequest();
    const { client = noAddress, user, route = '*' } = context ?? {};
    return { address: client, account: user, route, ...added?.(req) };
  };
}
