/** Clients that have a listener already: each may be in many stores. */
const heard = new WeakSet<object>();

/**
 * Listens to the errors of a pool or client, once. Without a listener, one whose idle connection breaks ends the process, such as when the
 * server restarts. What fails is told by the operation that fails.
 */
export function hearErrors(client: object): void {
  if (heard.has(client)) return;
  heard.add(client);
  (client as { on?(event: 'error', listener: () => void): unknown }).on?.('error', () => undefined);
}
