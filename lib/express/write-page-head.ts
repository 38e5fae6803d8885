import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { isCdnCacheControl, pageCacheControl } from '../csp/page-cache-control.ts';
import { record } from '../event/record.ts';
import { givenHeader, withoutGiven } from './given-headers.ts';
import { type ResponseState, stateOf } from './response-state.ts';

export type GivenHeaders = OutgoingHttpHeaders | readonly unknown[] | undefined;
export type WriteHead = (
  this: ServerResponse,
  status: number,
  reason?: string | GivenHeaders,
  headers?: GivenHeaders,
) => ServerResponse;

/**
 * Stands in for the `writeHead` of a response that `bulwark()` gave a nonce: the last moment at which its headers can be
 * changed, however it is sent. A page with the nonce is kept out of shared caches; a 304 leaves the policy away, so that the
 * browser's stored page keeps the one whose nonce it holds (RFC 9111, 4.3.4).
 */
export const writePageHead: WriteHead = function (status, reason, headers) {
  const state = stateOf(this) as ResponseState & { readonly writeHead: WriteHead };
  if (this.headersSent) return state.writeHead.call(this, status, reason, headers);
  const phrase = typeof reason === 'string' ? reason : undefined;
  let given = phrase === undefined ? ((headers ?? reason) as GivenHeaders) : headers;
  if (status === 304) {
    for (const name of policyNames) if (holds(this, name, state.nonce)) this.removeHeader(name);
  } else if (isPage(this, status, given) && policyNames.some((name) => holds(this, name, state.nonce))) {
    given = keepPrivate(this, given);
  }
  return phrase === undefined
    ? state.writeHead.call(this, status, given)
    : state.writeHead.call(this, status, phrase, given);
};

const policyNames = ['Content-Security-Policy', 'Content-Security-Policy-Report-Only'] as const;

function holds(res: ServerResponse, name: string, nonce: string): boolean {
  return String(res.getHeader(name) ?? '').includes(nonce);
}

/** The text beside a redirect is shown to nobody, and a permanent one should be kept. */
function isPage(res: ServerResponse, status: number, given: GivenHeaders): boolean {
  if (status >= 300 && status < 400) return false;
  const type = givenHeader(given, 'content-type') ?? res.getHeader('Content-Type');
  // A list of one is sent as its text.
  return /^\s*(?:text\/html|application\/xhtml\+xml)/i.test(String(type ?? ''));
}

/** @returns the headers that were given to `writeHead`, without those that are set instead */
function keepPrivate(res: ServerResponse, given: GivenHeaders): GivenHeaders {
  const own = givenHeader(given, 'cache-control') ?? res.getHeader('Cache-Control');
  const { value, wasShared } = pageCacheControl(own === undefined ? undefined : String(own));
  res.setHeader('Cache-Control', value);
  const forNetworks = res.getHeaderNames().filter((name) => {
    return isCdnCacheControl(name) && !/\b(?:private|no-store)\b/i.test(String(res.getHeader(name)));
  });
  for (const name of forNetworks) res.removeHeader(name);
  if (wasShared || forNetworks.length > 0) {
    record('csp/shared-nonce', 'blocked', {
      cacheControl: String(own ?? ''),
      headers: forNetworks.join(', '),
    });
  }
  return withoutGiven(given, (name) => name === 'cache-control' || isCdnCacheControl(name));
}
