import { isCdnCacheControl, letsCdnStore, pageCacheControl } from '../csp/page-cache-control.ts';
import { record } from '../event/record.ts';
import type { ResponseHeaders } from './response-headers.ts';

/** What every response gets, as configured. */
export interface WebPolicy {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The application's own `Reporting-Endpoints`, to which the policy adds its own. */
  readonly endpoints: string | undefined;
}

/**
 * The handler's response with the security headers and the policy. What the handler has set takes precedence, except for the
 * `Cache-Control` of a page with the nonce.
 */
export function finishResponse(
  response: Response,
  { headers, endpoints }: WebPolicy,
  nonce: string,
  added: ResponseHeaders,
): Response {
  // A switch to another protocol, which some servers tie to the object itself.
  if (response.status === 101) return response;
  const own = new Headers(response.headers);
  own.delete('X-Powered-By');
  for (const [name, value] of added.withChanges(headers)) if (!own.has(name)) own.set(name, value);
  const { policy } = added;
  if (policy && policyNames.every((name) => !own.has(name))) {
    for (const [name, value] of policy.headers(nonce)) {
      own.set(
        name,
        name === 'Reporting-Endpoints' && endpoints !== undefined ? `${endpoints}, ${value}` : value,
      );
    }
  }
  added.applyTo(own);
  if (holdsPage(response.status, own, nonce)) keepPrivate(own, own.has('Content-Type'));
  if (added.isPrivate || (added.mayBePrivate && isUnsaid(response.status, own))) keepPrivate(own, false);
  // The page in the browser's cache keeps the policy whose nonce it holds (RFC 9111, 4.3.4).
  if (response.status === 304) for (const name of withNonce(own, nonce)) own.delete(name);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: own });
}

const policyNames = ['Content-Security-Policy', 'Content-Security-Policy-Report-Only'] as const;

function withNonce(own: Headers, nonce: string): readonly string[] {
  return policyNames.filter((name) => own.get(name)?.includes(nonce));
}

/** Whether this is a page, or the 304 of one, whose policy has the nonce: a shared cache must never keep it. */
function holdsPage(status: number, own: Headers, nonce: string): boolean {
  if (withNonce(own, nonce).length === 0) return false;
  const type = own.get('Content-Type');
  if (type !== null && !/^\s*(?:text\/html|application\/xhtml\+xml)/i.test(type)) return false;
  // No browser shows the text of a redirect, and a permanent redirect should be cached.
  if (status !== 304) return type !== null && (status < 300 || status >= 400);
  return type !== null || [...own.keys()].some((name) => name === 'cache-control' || isCdnCacheControl(name));
}

/** Whether the application leaves it to caches what they do with an answer. */
function isUnsaid(status: number, own: Headers): boolean {
  const isSaid = [...own.keys()].some((name) => name === 'cache-control' || isCdnCacheControl(name));
  return (status < 300 || status >= 400) && !isSaid;
}

function keepPrivate(own: Headers, tell: boolean): void {
  const before = own.get('Cache-Control') ?? undefined;
  const { value, wasShared } = pageCacheControl(before);
  own.set('Cache-Control', value);
  const networks = [...own].filter(([name, text]) => isCdnCacheControl(name) && letsCdnStore(name, text));
  for (const [name] of networks) own.delete(name);
  if (tell && (wasShared || networks.length > 0)) {
    const headers = networks.map(([name]) => name).join(', ');
    record('csp/shared-nonce', 'blocked', { cacheControl: before ?? '', headers });
  }
}
