import { type Dispatcher, fetch as undiciFetch } from 'undici';
import { type Decision, type Denied, deny } from '../refusal/decision.ts';
import type { Refusal } from '../refusal/refusal.ts';
import { startDeadline } from './deadline.ts';
import { denialIn, fetchRefusal, passes } from './denial.ts';
import { type Destination, decideDestination, decideMethod, parseDestination } from './destination.ts';
import { limitedBody } from './limited-body.ts';
import type { Outgoing } from './outgoing.ts';
import type { FetchPolicy } from './policy.ts';
import { redirected, redirectLocation } from './redirect.ts';
import { responseWith } from './response.ts';
import { decideResponse, limitPassed } from './response-limits.ts';

/** One call of a guarded fetch: its redirects, its deadline, and the body of its last response. */
export async function exchange(
  first: Outgoing,
  policy: FetchPolicy,
  dispatcher: Dispatcher,
): Promise<Response> {
  let redirects = 0;
  let host = '';
  const refusal = (denied: Denied, cause?: unknown): Refusal =>
    fetchRefusal(denied, policy, redirects, cause);
  const enforce = (decision: Decision): void => {
    if (!decision.allow && !passes(decision, policy, redirects)) throw refusal(decision);
  };
  const read = (url: string, base?: URL): Destination => {
    const destination = parseDestination(url, base);
    if ('allow' in destination) throw refusal(destination);
    ({ host } = destination);
    return destination;
  };
  const deadline = startDeadline(policy.timeoutMs, first.signal, () =>
    refusal(deny('fetch/timeout', { host, limitMs: policy.timeoutMs })),
  );
  /** What the caller sees for an error that undici threw. */
  const translated = (error: unknown): unknown => {
    if (deadline.signal.aborted) return deadline.signal.reason;
    const denied = denialIn(error) ?? limitPassed(error, host, policy);
    return denied ? refusal(denied, error) : error;
  };
  const bounded = (body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> =>
    limitedBody(body, policy.maxBytes, {
      exceeded() {
        const error = refusal(
          deny('fetch/response-too-large', { host, part: 'body', limit: policy.maxBytes }),
        );
        deadline.abort(error);
        return error;
      },
      failed: translated,
      ended: deadline.done,
    });

  try {
    let request = first;
    let destination = read(request.url);
    // Once, as a redirect only ever turns a method into GET.
    enforce(decideMethod(first.method, host, policy));
    for (;;) {
      enforce(decideDestination(destination, policy));
      const { url } = destination;
      const response = await send(request, url, dispatcher, deadline.signal);
      const location = redirectLocation(response.status, response.headers);
      if (location === undefined || request.redirect === 'manual') {
        enforce(decideResponse(response, request.method, host, policy));
        if (response.body === null) deadline.done();
        const body = response.body && bounded(response.body);
        return responseWith(body, response, { url, redirected: redirects > 0 });
      }
      // Its body is nobody's; cancelling closes the connection rather than read it.
      response.body?.cancel().catch(() => {});
      if (request.redirect === 'error') throw new TypeError("The server redirects, and redirect is 'error'.");
      if (redirects >= policy.maxRedirects) {
        throw refusal(deny('fetch/too-many-redirects', { host, limit: policy.maxRedirects }));
      }
      redirects++;
      destination = read(location, url);
      enforce(decideDowngrade(url, destination.url, policy));
      request = redirected(request, response.status, url, destination.url);
    }
  } catch (error) {
    const seen = translated(error);
    // Nothing goes on in the background, whatever the error was.
    deadline.abort(seen);
    throw seen;
  }
}

function decideDowngrade(from: URL, to: URL, policy: FetchPolicy): Decision {
  if (policy.allowHttpDowngrade || from.protocol === 'http:' || to.protocol === 'https:')
    return { allow: true };
  return deny('fetch/insecure-redirect', { from: from.host, to: to.host });
}

/** undici's fetch and its Agent come from one copy, as another fetch does not know this Agent's handlers. */
function send(
  { method, headers, body }: Outgoing,
  url: URL,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<Response> {
  const fetch = undiciFetch as unknown as (url: URL, init: object) => Promise<Response>;
  return fetch(url, {
    method,
    headers: [...headers],
    signal,
    dispatcher,
    redirect: 'manual',
    ...(body !== null && { body, duplex: 'half' }),
  });
}
