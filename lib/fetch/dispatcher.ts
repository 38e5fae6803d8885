import { Agent, type Dispatcher } from 'undici';
import { type Denied, deny } from '../refusal/decision.ts';
import { guardedConnector } from './connection/connector.ts';
import { fetchRefusal, passesReported } from './policy/denial.ts';
import { decideMethod, decidePlace, portOf } from './policy/destination.ts';
import { hostOf } from './policy/host-rule.ts';
import { logDecision } from './policy/log-decision.ts';
import { parseConnectionPolicy } from './policy/parse-policy.ts';
import { parseUrl } from './policy/parse-url.ts';
import type { ConnectionOptions, FetchPolicy } from './policy/policy.ts';
import { maxHeaderBytes } from './response/response-limits.ts';

/**
 * Creates a dispatcher for undici and for the built-in `fetch`.
 *
 * Guarantee: no socket is opened to an address that the policy does not allow. Requests with a method that the policy
 * does not list, and requests in the form for proxies, are refused. The client follows redirects itself, and each new connection is
 * checked here. Sizes, deadlines and credentials on redirects are up to the client: `createFetch` limits those.
 *
 * Create it once for each policy: connections that are kept open are not checked again. It is an Agent of undici 7, which the
 * built-in `fetch` of Node 20 to 26 accepts.
 *
 * @throws {Misuse} immediately, for invalid options. A refused request fails with a `Refusal` (`fetch/*`): undici's own
 * functions reject with it, and `fetch` rejects with a `TypeError` that has it as its `cause`.
 *
 * @example
 * ```ts
 * import { createDispatcher } from 'bulwark/fetch';
 * import { request } from 'undici';
 *
 * const dispatcher = createDispatcher({ hosts: 'public' });
 * await request('http://127.0.0.1:6379/', { dispatcher }); // Refusal fetch/private-address
 * ```
 */
export function createDispatcher(options: ConnectionOptions): Dispatcher {
  return new GuardedAgent(parseConnectionPolicy(options));
}

class GuardedAgent extends Agent {
  readonly #policy: FetchPolicy;

  constructor(policy: FetchPolicy) {
    const checked = guardedConnector(policy, {
      refused: (denied) => fetchRefusal(denied, policy, 0),
      wanted: () => true,
      opened: () => {},
    });
    super({
      connect(options, callback) {
        const [host, port] = [hostOf(options.hostname), portOf(options)];
        const decision = decideOrigin(options.protocol, host, port, policy);
        const refusal = decision && refusalOf(decision, host, port, policy);
        if (refusal) callback(refusal, null);
        else checked(options, callback);
      },
      maxHeaderSize: maxHeaderBytes,
      // What report mode lets pass serves one request: a kept socket would outlive its end.
      pipelining: policy.mode.reportUntil > Date.now() ? 0 : 1,
    });
    this.#policy = policy;
  }

  override dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const denied = decideRequest(options, this.#policy);
    if (!denied) return super.dispatch(options, handler);
    const url = parseUrl(String(options.origin));
    const refusal = refusalOf(denied, hostOf(url?.hostname ?? ''), url ? portOf(url) : 0, this.#policy);
    if (!refusal) return super.dispatch(options, handler);
    failRequest(handler, refusal);
    return false;
  }
}

/** Undefined where it may go on. */
function refusalOf(denied: Denied, host: string, port: number, policy: FetchPolicy): Error | undefined {
  if (passesReported(denied, policy, 0)) return undefined;
  logDecision(policy, 'refused', { host, port, denied });
  return fetchRefusal(denied, policy, 0);
}

function decideOrigin(protocol: string, host: string, port: number, policy: FetchPolicy): Denied | undefined {
  if (!policy.schemes.includes(protocol))
    return deny('fetch/scheme-not-allowed', { url: `${protocol}//${host}` });
  const decision = decidePlace(host, port, policy);
  return decision.allow ? undefined : decision;
}

/** What each request says by itself, also on a kept connection. */
function decideRequest(
  { method, path, origin }: Agent.DispatchOptions,
  policy: FetchPolicy,
): Denied | undefined {
  if (typeof path === 'string' && !path.startsWith('/'))
    return deny('fetch/proxied-request', { host: String(origin).slice(0, 256) });
  const decision = decideMethod(method, String(origin).slice(0, 256), policy);
  return decision.allow ? undefined : decision;
}

/** As undici tells a handler of either kind that its request failed before it began. */
function failRequest(handler: Dispatcher.DispatchHandler, error: Error): void {
  const own = handler as unknown as {
    onError?(error: Error): void;
    onResponseError?(controller: null, error: Error): void;
  };
  if (own.onError) own.onError(error);
  else own.onResponseError?.(null, error);
}
