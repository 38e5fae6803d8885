import { exchange } from './exchange/exchange.ts';
import { parseOutgoing } from './exchange/outgoing.ts';
import { createTransport } from './exchange/transport.ts';
import { type Inspection, inspect } from './inspect.ts';
import { parsePolicy } from './policy/parse-policy.ts';
import type { FetchOptions } from './policy/policy.ts';

/** Like the standard `fetch`, limited to destinations that its policy allows. */
export interface GuardedFetch {
  (input: string | URL | Request, init?: RequestInit | null): Promise<Response>;
  /**
   * Tells whether a URL would be refused now, for example to show an error in a form. This is advice, not a
   * check: the name may resolve to another address when the URL is fetched, and redirects are not followed. It writes
   * no event, and its result may be shown to the user who sent the URL.
   */
  inspect(url: string | URL): Promise<Inspection>;
}

/**
 * Creates a fetch that can reach only the destinations of its policy.
 *
 * Guarantee: no socket is opened to an address that the policy does not allow, whatever the URL, the resolver or a
 * redirect says. Every address is checked when its connection is opened, and each redirect is checked again. Bodies are limited to
 * `maxBytes` after decompression, and exchanges to `timeoutMs`. Proxies from the environment are not used.
 *
 * @throws {Misuse} immediately, for invalid options.
 * The fetch rejects with a `Refusal` (`fetch/*`) if the policy forbids the request, and otherwise like the standard `fetch`:
 * with a `TypeError` if the network fails, or with the signal's reason if it was aborted. Reading the body can reject in the same way.
 *
 * @example
 * ```ts
 * import { isRefusal } from 'bulwark';
 * import { createFetch } from 'bulwark/fetch';
 *
 * declare const url: string;
 * const fetch = createFetch({ hosts: 'public', maxBytes: 1_000_000 });
 * try {
 *   const response = await fetch(url); // a web Response
 *   await response.text(); // at most 1,000,000 bytes
 * } catch (error) {
 *   if (!isRefusal(error, 'fetch/*')) throw error; // 'http://169.254.169.254/' gives fetch/cloud-metadata
 * }
 * ```
 */
export function createFetch(options: FetchOptions): GuardedFetch {
  const policy = parsePolicy(options);
  const send = createTransport(policy);
  const fetch = async (input: string | URL | Request, init?: RequestInit | null): Promise<Response> =>
    exchange(parseOutgoing(input, init), policy, send);
  return Object.freeze(
    Object.assign(fetch, { inspect: (url: string | URL) => inspect(String(url), policy) }),
  );
}
