import { type Decision, type Denied, deny } from '../../refusal/decision.ts';
import type { Refusal } from '../../refusal/refusal.ts';
import { denialIn, fetchRefusal, passesReported } from '../policy/denial.ts';
import {
  type Destination,
  decideDestination,
  decideMethod,
  parseDestination,
} from '../policy/destination.ts';
import { logDecision } from '../policy/log-decision.ts';
import type { FetchPolicy } from '../policy/policy.ts';
import { responseOf } from '../response/response.ts';
import { decideResponse, limitPassed } from '../response/response-limits.ts';
import { startDeadline } from './deadline.ts';
import type { Outgoing } from './outgoing.ts';
import { redirected, redirectLocation } from './redirect.ts';
import { sentStream } from './sent-stream.ts';
import type { Send } from './transport.ts';

/** One call of a guarded fetch: its redirects, its deadline, and the body of its last response. */
export async function exchange(first: Outgoing, policy: FetchPolicy, send: Send): Promise<Response> {
  let redirects = 0;
  let host = '';
  const refusal = (denied: Denied, cause?: unknown): Refusal =>
    fetchRefusal(denied, policy, redirects, cause);
  const enforce = (decision: Decision, place?: Destination): void => {
    if (decision.allow || passesReported(decision, policy, redirects)) return;
    if (place) logDecision(policy, 'refused', { host: place.host, port: place.port, denied: decision });
    throw refusal(decision);
  };
  const read = (url: string, base?: URL): Destination => {
    const destination = parseDestination(url, base);
    if ('allow' in destination) {
      logDecision(policy, 'refused', { host: '', port: 0, denied: destination });
      throw refusal(destination);
    }
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
  const exceeded = (part: 'body' | 'ratio'): unknown => {
    const error = refusal(
      part === 'body'
        ? deny('fetch/response-too-large', { host, part, limit: policy.maxBytes })
        : deny('fetch/decompression-ratio', { host, limit: policy.maxRatio }),
    );
    deadline.abort(error);
    return error;
  };

  try {
    let request =
      first.body instanceof ReadableStream
        ? { ...first, body: sentStream(first.body, deadline.signal) }
        : first;
    // Given up before it began: nothing was asked for, so there is nothing to decide or to report.
    deadline.signal.throwIfAborted();
    let destination = read(request.url);
    enforce(decideDestination(destination, policy), destination);
    enforce(decideMethod(request.method, host, policy), destination);
    for (;;) {
      const { url } = destination;
      // The end of a body is the end of the exchange where the response is the last one.
      const hop = { over: false, last: false };
      const ended = (): void => {
        hop.over = true;
        if (hop.last) deadline.done();
      };
      const response = await send(request, url, deadline.signal, { exceeded, failed: translated, ended });
      const location = redirectLocation(response.status, response.headers);
      if (location === undefined || request.redirect === 'manual') {
        const decision = decideResponse(response, request.method, host, policy);
        // Where a redirect leads is what is asked for; a page beside it, of a type that is not wanted, is left out.
        const bare = location !== undefined && !decision.allow && decision.code === 'fetch/content-type';
        if (bare) response.body?.cancel().catch(() => {});
        else enforce(decision);
        hop.last = true;
        if (hop.over) deadline.done();
        return responseOf(bare ? { ...response, body: null } : response, { url, redirected: redirects > 0 });
      }
      // Its body is nobody's; cancelling closes the connection rather than read it.
      response.body?.cancel().catch(() => {});
      if (request.redirect === 'error') throw new TypeError("The server redirects, and redirect is 'error'.");
      if (redirects >= policy.maxRedirects) {
        throw refusal(deny('fetch/too-many-redirects', { host, limit: policy.maxRedirects }));
      }
      redirects++;
      destination = read(location, url);
      // The destination first: a step to http must not hide that it leads to a cloud's metadata.
      enforce(decideDestination(destination, policy), destination);
      enforce(decideDowngrade(url, destination.url, policy), destination);
      request = redirected(request, response.status, url, destination.url);
      // Again, as a redirect can turn the method into GET.
      enforce(decideMethod(request.method, host, policy), destination);
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
