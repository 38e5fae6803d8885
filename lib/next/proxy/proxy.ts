import { knownOptions } from '../../internal/known-options.ts';
import { freshNonce } from '../../request/nonce.ts';
import { isInternalHeader } from '../internal-headers.ts';
import { type NextOptions, nextOptions } from '../next-options.ts';
import { linesOf, pagePolicy } from '../page-policy.ts';
import { markOf } from '../policy-mark.ts';
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
    const facts = served ? sent : factsOf(request, url, markOf(policy));
    const lines = linesOf(policy, facts.nonce);
    const answer = own && (await runOwn(own, request, event));
    const { body = null, status = 200 } = answer ?? {};
    // Filled in place: a `Response` copies the headers that it gets.
    const response = new Response(body, { status, ...(answer && { headers: answer.headers }) });
    const { headers } = response;
    if (passesOn(headers, answer)) {
      const policies = lines.filter(([name]) => /^content-security-policy/i.test(name));
      passHeaders(headers, request.headers, [...policies, [sealedHeader, sealRequest(facts)]]);
    }
    if (!served) for (const [name, value] of lines) headers.set(name, value);
    return response;
  };
}

/** Runs the application's part, which must not see what a client must not send. */
async function runOwn<Req extends ProxyRequest>(
  own: OwnProxy<Req>,
  request: Req,
  event: unknown,
): Promise<Response | undefined> {
  for (const name of [...request.headers.keys()]) if (isInternalHeader(name)) request.headers.delete(name);
  return (await own(request, event)) ?? undefined;
}

function factsOf(request: ProxyRequest, url: URL, mark: string): SealedRequest {
  return {
    ...{ id: globalThis.crypto.randomUUID(), nonce: freshNonce(), method: request.method },
    target: `${url.pathname}${url.search}`,
    protocol: url.protocol === 'https:' ? 'https' : 'http',
    host: request.headers.get('host') ?? url.host,
    mark,
  };
}

/** Whether Next.js goes on to a page or handler. */
function passesOn(headers: Headers, answer: Response | undefined): boolean {
  if (answer === undefined) headers.set('x-middleware-next', '1');
  return headers.has('x-middleware-next') || headers.has('x-middleware-rewrite');
}

const overrides = 'x-middleware-override-headers';
const prefix = 'x-middleware-request-';

/**
 * Replaces the request's headers, as `NextResponse.next({ request: { headers } })` does: all that are not listed are deleted. Headers that the
 * application's own proxy set are kept, except ours.
 */
function passHeaders(to: Headers, request: Headers, added: readonly (readonly [string, string])[]): void {
  const names: string[] = [];
  const listed = to.get(overrides);
  if (listed === null) {
    for (const [name, value] of request) {
      if (isInternalHeader(name)) continue;
      names.push(name);
      to.set(`${prefix}${name}`, value);
    }
  } else {
    for (const name of new Set(listed.split(',').map((each) => each.trim()))) {
      if (isInternalHeader(name)) to.delete(`${prefix}${name}`);
      else names.push(name);
    }
  }
  for (const [name, value] of added) {
    names.push(name.toLowerCase());
    to.set(`${prefix}${name.toLowerCase()}`, value);
  }
  to.set(overrides, names.join(','));
}
