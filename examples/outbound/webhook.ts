import { isRefusal } from 'bulwark';
import { createFetch, type GuardedFetch } from 'bulwark/fetch';
import type { Egress } from './egress.ts';
import { signWebhook, type WebhookMessage } from './webhook-signature.ts';

export interface WebhookEndpoint {
  /** Whose it is: names the policy in events and decisions. Letters, digits, `_` and `-`, at most 64. */
  readonly tenant: string;
  readonly url: string;
  /** The endpoint's own, newest first; the old one stays for as long as its receiver may still use it. */
  readonly secrets: readonly string[];
}

/** How an attempt ended, for the queue. `sentence` may be shown to the customer. */
export type Delivery =
  | { readonly outcome: 'delivered'; readonly status: number }
  /** Try again, when `nextAttempt` says so. */
  | {
      readonly outcome: 'failed';
      readonly sentence: string;
      readonly status?: number;
      readonly retryAfterMs?: number;
    }
  /** Never again: the policy said no, or the receiver said that it is gone. Switch the endpoint off. */
  | { readonly outcome: 'final'; readonly sentence: string; readonly status?: number };

export interface Webhooks {
  /** For the form: undefined, or a sentence for the customer. It is advice; the delivery decides for itself. */
  check(endpoint: Pick<WebhookEndpoint, 'tenant' | 'url'>): Promise<string | undefined>;
  /** One attempt. It throws for mistakes in its arguments alone. */
  deliver(endpoint: WebhookEndpoint, message: WebhookMessage): Promise<Delivery>;
}

export interface WebhooksOptions {
  readonly userAgent: string;
  /** Customers' receivers answer at these. 443 by default. */
  readonly ports?: readonly number[];
  /** For development: plain http as well, and port 80. */
  readonly allowHttp?: boolean;
  readonly egress?: Egress;
}

/**
 * Makes what delivers webhooks to URLs that customers registered.
 *
 * POST over https and nothing else; no redirect is followed, no body is read, an attempt ends after 15 seconds. The
 * attempts' times are the queue's: this keeps no state but open connections.
 *
 * @example
 * ```ts
 * import { createWebhooks } from 'bulwark-example-outbound/webhook';
 *
 * const webhooks = createWebhooks({ userAgent: 'example-webhooks/1 (+https://example.com/webhooks)' });
 * await webhooks.check({ tenant: 'acme', url: 'https://10.0.0.1/' }); // 'This address cannot be used for webhooks.'
 * ```
 */
export function createWebhooks(options: WebhooksOptions): Webhooks {
  const fetches = new Map<string, GuardedFetch>();

  /** One for each tenant, so that the log says whose it was; those that were not used for longest make room. */
  function fetchOf(tenant: string): GuardedFetch {
    if (!/^[\w-]{1,64}$/.test(tenant)) throw new TypeError('A tenant has 1 to 64 letters, digits, _ and -.');
    const fetch =
      fetches.get(tenant) ??
      createFetch({
        ...options.egress,
        name: `webhook:${tenant}`,
        hosts: 'public',
        schemes: options.allowHttp ? ['https', 'http'] : ['https'],
        ports: options.ports ?? (options.allowHttp ? [443, 80] : [443]),
        methods: ['POST'],
        // Standard Webhooks: 15 to 30 seconds.
        timeoutMs: 15_000,
        maxBytes: 1_000_000,
        maxRedirects: 0,
      });
    fetches.delete(tenant);
    fetches.set(tenant, fetch);
    const [oldest] = fetches.keys();
    if (fetches.size > mostTenants && oldest !== undefined) fetches.delete(oldest);
    return fetch;
  }

  return Object.freeze({
    async check({ tenant, url }: Pick<WebhookEndpoint, 'tenant' | 'url'>) {
      const inspection = await fetchOf(tenant).inspect(url);
      return inspection.allow ? undefined : refusedSentence;
    },
    async deliver({ tenant, url, secrets }: WebhookEndpoint, message: WebhookMessage) {
      const fetch = fetchOf(tenant);
      const signed = signWebhook(message, secrets, Math.floor(Date.now() / 1_000));
      const headers = { ...signed, 'content-type': 'application/json', 'user-agent': options.userAgent };
      try {
        // 'manual' shows the redirect's own status; as a refusal it would look like an attack in the log.
        const response = await fetch(url, {
          method: 'POST',
          headers,
          body: message.body,
          redirect: 'manual',
        });
        // The status is the answer. What else the receiver says is not read, and the connection is closed.
        await response.body?.cancel();
        return deliveryOf(response);
      } catch (error) {
        return failureOf(error);
      }
    },
  });
}

/** Each holds a pool of connections that is empty most of the time. */
const mostTenants = 1_000;

/** The same whatever the reason was: a customer that learns which address was refused maps the network here. */
const refusedSentence = 'This address cannot be used for webhooks.';

function deliveryOf({ status, headers }: Response): Delivery {
  if (status >= 200 && status <= 299) return { outcome: 'delivered', status };
  if (status === 410) return { outcome: 'final', status, sentence: 'The endpoint answered that it is gone.' };
  const redirects = status >= 300 && status <= 399;
  const retryAfterMs = delayIn(headers.get('retry-after') ?? '');
  return {
    outcome: 'failed',
    status,
    sentence: redirects
      ? 'The endpoint answered with a redirect, which is not followed: register the address that it leads to.'
      : `The endpoint answered with status ${status}.`,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function failureOf(error: unknown): Delivery {
  if (isRefusal(error, 'fetch/*')) {
    // 400 is what the policy says of the address, and it will say the same tomorrow; 502 and 504 are the receiver's doing.
    if (error.status < 500) return { outcome: 'final', sentence: refusedSentence };
    return { outcome: 'failed', sentence: 'The endpoint did not answer as it should, or not in time.' };
  }
  if (error instanceof TypeError || (error instanceof Error && 'code' in error)) {
    return { outcome: 'failed', sentence: 'The endpoint could not be reached.' };
  }
  throw error;
}

/** Retry-After: seconds, or a date (RFC 9110, 10.2.3). */
function delayIn(header: string): number | undefined {
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const date = /GMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
