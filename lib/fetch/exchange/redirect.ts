import type { Outgoing } from './outgoing.ts';

/** Where a response sends the request on to, as the server wrote it; undefined where it does not. */
export function redirectLocation(status: number, headers: Headers): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const location = headers.get('location');
  // Header bytes arrive as Latin-1; servers that do not escape a path write UTF-8.
  return location === null ? undefined : Buffer.from(location, 'latin1').toString('utf8');
}

/**
 * The request after a redirect, as the fetch standard has it (HTTP-redirect fetch): POST becomes GET after 301 and 302,
 * everything but GET and HEAD after 303, and 307 and 308 keep method and body. To another origin goes none of the
 * headers that the caller set, but the few that carry no secret. Throws where the body would have to be sent again and
 * cannot be.
 */
export function redirected(request: Outgoing, status: number, from: URL, to: URL): Outgoing {
  const { method } = request;
  const becomesGet =
    ((status === 301 || status === 302) && method === 'POST') ||
    (status === 303 && method !== 'GET' && method !== 'HEAD');
  if (!becomesGet && !request.replayable) {
    throw new TypeError('The server redirects, and a body that is a stream cannot be sent again.');
  }
  const headers = new Headers(request.headers);
  if (becomesGet) for (const name of bodyHeaders) headers.delete(name);
  if (from.origin !== to.origin) {
    for (const name of [...headers.keys()]) if (!keptAcrossOrigins.has(name)) headers.delete(name);
  }
  return {
    ...request,
    url: to.href,
    headers,
    ...(becomesGet && { method: 'GET', body: null, replayable: true }),
  };
}

const bodyHeaders = ['content-encoding', 'content-language', 'content-location', 'content-type'];

/**
 * A list of what goes on rather than of what is secret, as every API has a name of its own for its key (X-Api-Key,
 * Private-Token, X-Amz-Security-Token). CVE-2022-31151 and CVE-2023-45143 were names missing from the other list.
 */
const keptAcrossOrigins: ReadonlySet<string> = new Set([
  ...['accept', 'accept-encoding', 'accept-language', 'user-agent', 'cache-control', 'pragma', 'range'],
  ...['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range'],
  ...['traceparent', 'tracestate', ...bodyHeaders],
]);
