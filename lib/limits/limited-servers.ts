import { record } from '../event/record.ts';
import { shared } from '../internal/shared.ts';

/** Servers that `limits` was called for, in whichever copy of this package. */
function limited(): WeakSet<object> {
  return shared('limits:servers', () => new WeakSet<object>());
}

export function markLimited(server: object): void {
  limited().add(server);
}

/** Whether `limits(server)` was called for the server. */
export function isLimited(server: object): boolean {
  return limited().has(server);
}

/** Servers whose missing limits were reported. */
const told = new WeakSet<object>();

/**
 * For adapters: writes the event `limits/server-without-limits`, once a server, if a request came through a server that `limits` was not called
 * for.
 *
 * @param socket the request's; Node's servers put themselves on it as `server`
 */
export function tellMissingLimits(socket: { readonly server?: object }): void {
  const { server } = socket;
  if (server === undefined || told.has(server)) return;
  told.add(server);
  if (!isLimited(server)) record('limits/server-without-limits', 'reported', {});
}
