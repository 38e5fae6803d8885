import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { NodeStart } from '../node/node-start.ts';
import type { TrustedProxies } from '../request/trusted-proxies.ts';

/** What a request to a Hono application on `node:http` begins with. */
export class HonoStart extends NodeStart {
  readonly #c: Context;

  constructor(c: Context, incoming: IncomingMessage, proxies: TrustedProxies) {
    super(incoming, proxies);
    this.#c = c;
  }

  route(): string | undefined {
    return routeOf(this.#c);
  }

  /** Hono's body parsers keep the body where nothing here sees it. */
  override bodyOwner(): undefined {
    return undefined;
  }
}

/**
 * The pattern that matched, such as `/users/:id`; unlike the URL, it is never untrusted input. While a middleware for many
 * routes runs, it is that of the last handler that may answer.
 */
export function routeOf(c: Context): string | undefined {
  const { matchedRoutes, routeIndex } = c.req;
  const own = matchedRoutes[routeIndex]?.path;
  if (own !== undefined && !own.endsWith('*')) return own;
  const last = matchedRoutes.at(-1)?.path;
  // A request that only middleware matched.
  return last === '*' || last === '/*' ? undefined : last;
}
