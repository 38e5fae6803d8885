import type { ServerResponse } from 'node:http';
import { isCdnCacheControl, letsCdnStore, pageCacheControl } from '../../csp/page-cache-control.ts';
import { record } from '../../event/record.ts';
import { type GivenHeaders, givenHeader, namesOf, type WriteHead, withoutGiven } from './given-headers.ts';
import { keepVary } from './keep-vary.ts';
import { keepCookies } from './kept-cookies.ts';
import { outgoingOf } from './outgoing-record.ts';
import { type ResponseState, stateOf } from './response-state.ts';

/** Stands in for the `writeHead` of a response that `bulwark()` gave a nonce. */
export const writePageHead: WriteHead = function (status, reason, headers) {
  return sendPageHead(this, stateOf(this) as ResponseState, status, reason, headers);
};

/**
 * The last moment at which a response's headers can be
 * changed, however it is sent. A page with the nonce, and whatever is for one user, is kept out of shared caches. A 304 is sent with the same
 * `Cache-Control` as its page (RFC 9110, 15.4.5), but without the policy, so that the page in the browser's cache keeps
 * the policy whose nonce it holds (RFC 9111, 4.3.4).
 */
export function sendPageHead(
  res: ServerResponse,
  state: ResponseState,
  status: number,
  reason?: string | GivenHeaders,
  headers?: GivenHeaders,
): ServerResponse {
  if (res.headersSent) return state.writeHead.call(res, status, reason, headers);
  const phrase = typeof reason === 'string' ? reason : undefined;
  let given = phrase === undefined ? ((headers ?? reason) as GivenHeaders) : headers;
  const outgoing = outgoingOf(res);
  // Again, as an Express application that is mounted below sets it too.
  if (outgoing ? outgoing['x-powered-by'] : res.hasHeader('X-Powered-By')) res.removeHeader('X-Powered-By');
  // No browser shows the text of a redirect, and a permanent redirect should be cached.
  if (status < 300 || status >= 400 || status === 304) {
    const type = contentTypeOf(res, state, outgoing, given);
    if (type === undefined) {
      // Nobody can tell what this 304 is about. Private is safe, and costs no more than a request.
      if (status === 304 && hasNonce(res, state, status) && isStored(res, given)) {
        given = keepPrivate(res, given, false);
      }
    } else if (isPageType.test(type) && hasNonce(res, state, status)) given = keepPrivate(res, given, true);
  }
  if (outgoing ? outgoing['vary'] : res.hasHeader('Vary')) given = keepVary(res, given);
  if (state.cookies) given = keepCookies(res, given, state.cookies.values());
  if (state.isPrivate || (state.mayBePrivate && isUnsaid(res, status, given))) {
    given = keepPrivate(res, given, false);
  }
  if (status === 304) {
    for (const name of policyNames) if (holds(res, name, state.nonce)) res.removeHeader(name);
  }
  if (phrase === undefined) state.writeHead.call(res, status, given);
  else state.writeHead.call(res, status, phrase, given);
  state.exchange?.release();
  state.exchange = undefined;
  return res;
}

const policyNames = ['Content-Security-Policy', 'Content-Security-Policy-Report-Only'] as const;
const isPageType = /^\s*(?:text\/html|application\/xhtml\+xml)/i;

/** The type of a response, or the one that its 200 would have; undefined where neither is known. */
function contentTypeOf(
  res: ServerResponse,
  { removedType }: ResponseState,
  outgoing: ReturnType<typeof outgoingOf>,
  given: GivenHeaders,
): string | undefined {
  const set = outgoing ? outgoing['content-type']?.[1] : res.getHeader('Content-Type');
  const type = givenHeader(given, 'content-type') ?? set ?? removedType;
  // A list of one is sent as its text.
  return type === undefined ? undefined : String(type);
}

function hasNonce(res: ServerResponse, { nonce, policy }: ResponseState, status: number): boolean {
  if (policyNames.some((name) => holds(res, name, nonce))) return true;
  // The `send` of Express 4 takes the policy away from a 304, as it does with all that begins with `Content-`.
  if (status !== 304 || policyNames.some((name) => res.hasHeader(name))) return false;
  return policy?.headers(nonce).some(([, value]) => value.includes(nonce)) ?? false;
}

function holds(res: ServerResponse, name: string, nonce: string): boolean {
  return String(res.getHeader(name) ?? '').includes(nonce);
}

/** Whether the application leaves caching of a response to the caches. No browser shows the text of a redirect. */
function isUnsaid(res: ServerResponse, status: number, given: GivenHeaders): boolean {
  return (status < 300 || status >= 400) && !isStored(res, given);
}

/** Without any of these, a cache goes on with what it stored with the page (RFC 9111, 3.2). */
function isStored(res: ServerResponse, given: GivenHeaders): boolean {
  const names = [...res.getHeaderNames(), ...namesOf(given)];
  return names.some((name) => name.toLowerCase() === 'cache-control' || isCdnCacheControl(name));
}

/** @returns the headers that were given to `writeHead`, without those that are set instead */
function keepPrivate(res: ServerResponse, given: GivenHeaders, tell: boolean): GivenHeaders {
  const own = givenHeader(given, 'cache-control') ?? res.getHeader('Cache-Control');
  const { value, wasShared } = pageCacheControl(own === undefined ? undefined : String(own));
  res.setHeader('Cache-Control', value);
  const forNetworks: string[] = [];
  for (const name of res.getHeaderNames()) {
    if (isCdnCacheControl(name) && letsCdnStore(name, String(res.getHeader(name)))) forNetworks.push(name);
  }
  for (const name of forNetworks) res.removeHeader(name);
  const kept = withoutGiven(given, (name, text) => {
    if (!isCdnCacheControl(name)) return name === 'cache-control';
    if (letsCdnStore(name, text)) forNetworks.push(name);
    return letsCdnStore(name, text);
  });
  if (tell && (wasShared || forNetworks.length > 0)) {
    record('csp/shared-nonce', 'blocked', {
      cacheControl: String(own ?? ''),
      headers: forNetworks.join(', '),
    });
  }
  return kept;
}
