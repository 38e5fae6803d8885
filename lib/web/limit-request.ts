import { enforce } from '../internal/refuse.ts';
import type { RateLimiter } from '../rate-limit/rate-limit.ts';
import { Misuse } from '../refusal/misuse.ts';
import type { SessionLoader } from '../session/sessions.ts';
import type { Exchange } from './exchange.ts';

/** What stands for the address of a peer that has none, or is gone: all of them together. */
export const noAddress = 'unknown';

/** Whether a limiter counts by what only the session knows. A function of the application's own may. */
export function countsBySession({ needs }: RateLimiter): boolean {
  return needs.some((need) => need === 'account' || need === 'session' || need === 'function');
}

/**
 * Counts a request, with the session's user and binding where one is loaded.
 *
 * @throws Refusal `rate-limit/exceeded`, `rate-limit/unavailable`
 */
export async function limitRequest(
  limiter: RateLimiter,
  exchange: Exchange,
  sessions?: SessionLoader<object>,
): Promise<void> {
  const session = sessions?.of(exchange.request);
  const { decision, headers } = await limiter.check({
    address: exchange.connection().client ?? noAddress,
    account: session?.user,
    session: session?.binding,
  });
  for (const [name, value] of headers) exchange.setHeader(name, value);
  enforce(decision);
}

/**
 * A rule that would never apply, or not as it says, is a mistake to report at startup.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function checkNeeds({ needs }: RateLimiter, hasSession: boolean): void {
  const unknown = needs.find((need) => need === 'account' || need === 'session');
  if (unknown !== undefined && !hasSession) {
    throw new Misuse(
      'bulwark/invalid-option',
      `rateLimit has a rule by ${unknown}, which needs a session. Set \`session\` too, or use routeRateLimit after your own log-in check.`,
    );
  }
  if (needs.includes('route')) {
    throw new Misuse(
      'bulwark/invalid-option',
      'rateLimit has a rule by route, but no route is known before the application runs. Use routeRateLimit.',
    );
  }
}

/**
 * For servers that tell no address unless they are asked to: all clients would share one counter, and one of them could spend it.
 *
 * @throws Misuse `bulwark/invalid-option` for a rule by address if the client has none
 */
export function requireAddress({ needs }: RateLimiter, client: () => string | undefined): void {
  if (!needs.includes('address') || client() !== undefined) return;
  throw new Misuse(
    'bulwark/invalid-option',
    'The rate limit counts by address, and this server tells none. Pass the address that your platform knows: `remote` to the handler of bulwark/web, or the option `connection` of bulwark/hono.',
  );
}
