import type { RateLimitFacts } from '../rate-limit/rule.ts';
import { currentRequest } from '../request/context.ts';

/** What is known about the current request that a limiter can count by, and what the application adds. */
export function routeFacts(added: RateLimitFacts = {}): RateLimitFacts {
  const context = currentRequest();
  return { address: context?.client, account: context?.user, route: context?.route ?? '*', ...added };
}
