import { record } from '../event/record.ts';
import type { Proxied } from './proxied.ts';
import type { ConnectionFacts, TrustedProxies } from './trusted-proxies.ts';

/** Requests whose ignored headers were reported. */
const told = new WeakSet<object>();

/**
 * For adapters: `proxies.read`, with an event for headers that were ignored, once a request. Safe to call from the
 * `client` of a request's context, which the event itself asks for.
 */
export function readConnection(proxies: TrustedProxies, facts: ConnectionFacts): Proxied {
  const read = proxies.read(facts);
  if (read.ignored && !told.has(facts.headers)) {
    told.add(facts.headers);
    record('request/untrusted-proxy', 'blocked', read.ignored);
  }
  return read;
}
