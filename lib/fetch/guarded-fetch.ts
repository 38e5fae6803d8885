import { exchange } from './exchange.ts';
import { type Inspection, inspect } from './inspect.ts';
import { parseOutgoing } from './outgoing.ts';
import { type FetchOptions, parsePolicy } from './policy.ts';
import { createTransport } from './transport.ts';

/** `fetch` as everyone knows it, and it goes only where its policy allows. */
export interface GuardedFetch {
  (input: string | URL | Request, init?: RequestInit | null): Promise<Response>;
  /**
   * Whether a URL would be refused as things stand: for a form that wants to say so at once. It is advice, and no
   * check: what the name stands for may have changed when the URL is fetched, and redirects are not followed. It writes
   * no event, and what it gives may be shown to the user who sent the URL.
   */
  inspect(url: string | URL): Promise<Inspection>;
}

/**
 * Makes a fetch that reaches only the destinations of one policy.
 *
 * Guarantee: no socket is opened to an address that the policy does not allow, whatever the URL, the resolver or a
 * redirect says. Every address is checked when its connection is opened; each redirect is decided anew. Bodies end at
 * `maxBytes` after decoding and exchanges at `timeoutMs`. The environment's proxies are not used.
 *
 * @throws {Misuse} at once, for options that make no sense.
 * The fetch rejects with a `Refusal` (`fetch/*`) where the policy says no, and with what `fetch` gives for everything else:
 * a `TypeError` where the network fails, the signal's reason where it was aborted. Reading the body can reject likewise.
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
