import type { Csp } from '../csp/csp.ts';
import { isCdnCacheControl, letsCdnStore, pageCacheControl } from '../csp/page-cache-control.ts';
import { record } from '../event/record.ts';
import type { ResponseHeaders } from './response-headers.ts';

/** What every response gets, as it was set up. */
export interface WebPolicy {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The application's own `Reporting-Endpoints`, to which the policy adds its own. */
  readonly endpoints: string | undefined;
  readonly csp: Csp | undefined;
}

/**
 * The handler's response with the security headers and the policy. What the handler has set takes precedence, except for the
 * `Cache-Control` of a page with the nonce.
 */
export function finishResponse(
  response: Response,
  { headers, endpoints, csp }: WebPolicy,
  nonce: string,
  added: ResponseHeaders,
): Response {
  // A switch to another protocol, which some servers tie to the object itself.
  if (response.status === 101) return response;
  const own = new Headers(response.headers);
  own.delete('X-Powered-By');
  for (const [name, value] of headers) if (!own.has(name)) own.set(name, value);
  if (csp && !own.has('Content-Security-Policy') && !own.has('Content-Security-Policy-Report-Only')) {
    for (const [name, value] of csp.headers(nonce)) {
      own.set(
        name,
        name === 'Reporting-Endpoints' && endpoints !== undefined ? `${endpoints}, ${value}` : value,
      );
    }
  }
  added.applyTo(own);
  keepPagePrivate(response.status, own, nonce);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: own });
}

const policyNames = ['Content-Security-Policy', 'Content-Security-Policy-Report-Only'] as const;

/**
 * A shared cache must never keep a page whose policy has a nonce. A 304 is sent without the policy, so that the page in
 * the browser's cache keeps the one whose nonce it holds (RFC 9111, 4.3.4).
 */
function keepPagePrivate(status: number, own: Headers, nonce: string): void {
  const named = policyNames.filter((name) => own.get(name)?.includes(nonce));
  if (named.length === 0) return;
  const type = own.get('Content-Type');
  const isPage = type === null ? status === 304 : /^\s*(?:text\/html|application\/xhtml\+xml)/i.test(type);
  const isShown = status < 300 || status >= 400 || status === 304;
  const isStored =
    type !== null || [...own.keys()].some((name) => name === 'cache-control' || isCdnCacheControl(name));
  if (isPage && isShown && isStored) {
    const before = own.get('Cache-Control') ?? undefined;
    const { value, wasShared } = pageCacheControl(before);
    own.set('Cache-Control', value);
    const networks = [...own].filter(([name, text]) => isCdnCacheControl(name) && letsCdnStore(name, text));
    for (const [name] of networks) own.delete(name);
    if (type !== null && (wasShared || networks.length > 0)) {
      record('csp/shared-nonce', 'blocked', {
        cacheControl: before ?? '',
        headers: networks.map(([name]) => name).join(', '),
      });
    }
  }
  if (status === 304) for (const name of named) own.delete(name);
}
