import { knownOptions } from '../../internal/known-options.ts';
import { isInternalHeader } from '../internal-headers.ts';
import { type NextOptions, nextOptions } from '../next-options.ts';
import { linesOf, pagePolicy } from '../page-policy.ts';
import { openRequest, type SealedRequest, sealedHeader, sealRequest } from '../sealed-request.ts';

/** A request as Next.js hands it to `proxy.ts`. */
export interface ProxyRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
}

/** The application's part of the proxy: it returns a redirect, a rewrite, or nothing. */
export type OwnProxy<Req extends ProxyRequest> = (
  request: Req,
  event: unknown,
) => Response | null | undefined | Promise<Response | null | undefined>;

/**
 * The function for `proxy.ts`, or `middleware.ts` of Next.js 15. Every response that passes it has the security headers and a
 * Content-Security-Policy with a fresh nonce, which Next.js puts on its own scripts. It deletes what a client must not send, `x-nonce`,
 * `x-bulwark-*`, `x-middleware-*` and a policy, and tells handlers, actions and pages about the request in a header with a MAC.
 *
 * It refuses nothing: a proxy can be skipped (CVE-2025-29927), so `withBulwark`, `action` and `page` refuse.
 *
 * Export no `config` beside it. It must run on every path, for prefetches too.
 *
 * @param own runs with the cleaned request, and may answer with a redirect or rewrite
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { proxy } from 'bulwark/next/proxy';
 *
 * export default proxy({ csp: { extend: { 'img-src': ['https://images.example.com'] } } });
 * ```
 */
export function proxy<Req extends ProxyRequest = ProxyRequest>(
  options: NextOptions = {},
  own?: OwnProxy<Req>,
): (request: Req, event?: unknown) => Promise<Response> {
  const policyOf = pagePolicy(knownOptions(options, nextOptions));

  return async function bulwarkProxy(request, event) {
    const url = new URL(request.url);
    const sent = openRequest(request.headers.get(sealedHeader));
    // The server has cleaned the request's headers, and sets the response's.
    const served = sent?.served === true;
    const policy = policyOf(url.pathname);
    const facts = served ? sent : factsOf(request, url);
    const lines = linesOf(policy, facts.nonce);
    const dropped = [...request.headers.keys()].filter(isInternalHeader);
    for (const name of dropped) request.headers.delete(name);
    const response = (await own?.(request, event)) ?? undefined;
    const headers = new Headers(response?.headers);
    if (passesOn(headers, response)) {
      const policies = lines.filter(([name]) => /^content-security-policy/i.test(name));
      passHeaders(headers, request.headers, [...policies, [sealedHeader, sealRequest(facts)]]);
    }
    if (!served) for (const [name, value] of lines) headers.set(name, value);
    return new Response(response?.body ?? null, { status: response?.status ?? 200, headers });
  };
}

function factsOf(request: ProxyRequest, url: URL): SealedRequest {
  const nonce = btoa(String.fromCharCode(...globalThis.crypto.getRandomValues(new Uint8Array(16))));
  return {
    ...{ id: globalThis.crypto.randomUUID(), nonce, method: request.method },
    target: `${url.pathname}${url.search}`,
    protocol: url.protocol === 'https:' ? 'https' : 'http',
    host: request.headers.get('host') ?? url.host,
  };
}

/** Whether Next.js goes on to a page or handler. */
function passesOn(headers: Headers, response: Response | undefined): boolean {
  if (response === undefined) headers.set('x-middleware-next', '1');
  return headers.has('x-middleware-next') || headers.has('x-middleware-rewrite');
}

const overrides = 'x-middleware-override-headers';
const prefix = 'x-middleware-request-';

/**
 * Replaces the request's headers, as `NextResponse.next({ request: { headers } })` does: all that are not listed are deleted. Headers that the
 * application's own proxy set are kept, except ours.
 */
function passHeaders(to: Headers, request: Headers, added: readonly (readonly [string, string])[]): void {
  const listed = to.get(overrides);
  const names = new Set(listed === null ? request.keys() : listed.split(',').map((name) => name.trim()));
  for (const name of [...names]) {
    if (isInternalHeader(name)) {
      names.delete(name);
      to.delete(`${prefix}${name}`);
    } else if (listed === null) to.set(`${prefix}${name}`, request.get(name) ?? '');
  }
  for (const [name, value] of added) {
    names.add(name.toLowerCase());
    to.set(`${prefix}${name.toLowerCase()}`, value);
  }
  to.set(overrides, [...names].join(','));
}
