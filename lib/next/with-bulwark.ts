import { answerTo } from '../errors/answer-to.ts';
import { failureLog } from '../errors/failure-log.ts';
import { enforce } from '../internal/refuse.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgeAnnouncedBody } from '../request/announced-body.ts';
import { currentRequest, runRequest } from '../request/context.ts';
import { admit } from '../web/admit.ts';
import { withBodyLimit } from '../web/body-limit.ts';
import { finishResponse, type WebPolicy } from '../web/finish-response.ts';
import { formFieldOf } from '../web/form-field.ts';
import { beginResponse, ResponseHeaders } from '../web/response-headers.ts';
import { webInputs } from '../web/web-inputs.ts';
import { connectionOf, guardsLeft, type Prepared, prepare } from './answering.ts';
import { isControlFlow } from './control-flow.ts';
import { runAnswering } from './current-session.ts';
import { nextHeaders } from './next-headers.ts';
import type { NextOptions } from './next-options.ts';
import { markOf } from './policy-mark.ts';
import { type RouteParams, routePattern } from './route-pattern.ts';
import { openRequest, type SealedRequest, sealedHeader } from './sealed-request.ts';
import { setCookie } from './set-cookie.ts';

/** What Next.js passes to a route handler beside the request. Next.js 15 accepts no handler whose `params` may be missing. */
export interface RouteContext {
  readonly params: Promise<RouteParams>;
}

/**
 * Defends a route handler: the guards that are set up run before it, whether the proxy ran or not, in the order CORS, rate limit, session,
 * CSRF. What the handler throws becomes an answer that shows the client nothing of it (CWE-209). `redirect()` and
 * `notFound()` work as usual.
 *
 * @param handler gets the request and the context of Next.js
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { currentSession, withBulwark } from 'bulwark/next';
 * import { memoryStore, sessions } from 'bulwark/session';
 *
 * const options = { origin: 'https://shop.example.com', session: sessions({ store: memoryStore() }) };
 *
 * export const POST = withBulwark(async () => {
 *   await currentSession().logOut();
 *   return new Response(null, { status: 204 }); // 403 for a form on another site
 * }, options);
 * ```
 */
export function withBulwark<Req extends Request = Request, Context extends RouteContext = RouteContext>(
  handler: (request: Req, context: Context) => Response | Promise<Response>,
  options: NextOptions,
): (request: Req, context: Context) => Promise<Response> {
  if (typeof handler !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'Pass the handler first: withBulwark(handler, options).');
  }
  const known = prepare(options);
  const log = failureLog(known.own.onError);

  return async function bulwarkHandler(came, context) {
    const sealed = openRequest(came.headers.get(sealedHeader));
    const { pathname } = new URL(came.url);
    const usual = known.policyOf(pathname);
    const { headers, policy } = usual;
    const added = new ResponseHeaders(policy);
    const always: WebPolicy = {
      headers,
      endpoints: headers.find(([name]) => name.toLowerCase() === 'reporting-endpoints')?.[1],
    };
    const params = await context?.params;
    const route = routePattern(pathname, params);
    const start = {
      ...{ id: sealed?.id, nonce: sealed?.nonce, method: came.method, route },
      ...{ client: sealed?.client, inputs: webInputs(came) },
    };
    return runRequest(start, async () => {
      const nonce = currentRequest()?.nonce ?? '';
      const finish = (response: Response): Response => {
        const isSet = sealed?.mark === markOf(usual) && added.isUnchanged(policy) && isData(response);
        if (isSet) added.policy = undefined;
        return finishResponse(response, isSet ? none : always, nonce, added);
      };
      try {
        const response = await answer(came, sealed, known, added, (request) => handler(request, context));
        return finish(response);
      } catch (error) {
        if (isControlFlow(error)) {
          const lines = added.cookieLines();
          if (lines.length > 0) {
            const store = await (await nextHeaders()).cookies();
            for (const line of lines) setCookie(store, line);
          }
          throw error;
        }
        const { status, headers: own, body, requestId, isFailure } = answerTo(error);
        if (isFailure) logUnlessGone(() => log(error, requestId), error, came);
        return finish(new Response(body, { status, headers: new Headers(own as [string, string][]) }));
      }
    });
  };
}

const none: WebPolicy = { headers: [], endpoints: undefined };

/**
 * JSON is not a page, so its policy has no effect on caching. If the server or the proxy sets the same headers, they are left to it: passing a
 * header through Next.js costs more than setting it.
 */
function isData({ status, headers }: Response): boolean {
  return (
    status !== 304 && /^\s*application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(headers.get('Content-Type') ?? '')
  );
}

async function answer<Req extends Request>(
  came: Req,
  sealed: SealedRequest | undefined,
  known: Prepared,
  added: ResponseHeaders,
  handler: (request: Req) => Response | Promise<Response>,
): Promise<Response> {
  const { limits, own } = known;
  const guards = guardsLeft(known);
  const { protocol, host } = new URL(came.url);
  const derived = {
    protocol: protocol === 'https:' ? ('https' as const) : ('http' as const),
    host: came.headers.get('host') ?? host,
  };
  const connection = connectionOf(sealed, guards, derived);
  if (limits) enforce(limits.judge(came));
  const most = own.maxBodyBytes ?? 1_073_741_824;
  enforce(judgeAnnouncedBody(came.headers.get('content-length') ?? undefined, most));
  const request = limitedBody(came, most);
  beginResponse(request, added);
  if (guards) {
    const preflight = await admit(guards, {
      ...{ request, connection: () => connection, cookies: added },
      setHeader: (name, value) => added.setHeader(name, value),
      formField: (name) => formFieldOf(request, name),
    });
    if (preflight) return new Response(null, { status: preflight.status });
  }
  return runAnswering({ request, session: guards?.session, limits }, () => handler(request));
}

/**
 * The client disconnected in the middle of its body, or while work for it ran. Nothing failed, and a client that disconnects often must
 * not fill the log. Next.js reports the disconnect a moment later.
 */
function logUnlessGone(log: () => void, error: unknown, { signal }: Request): void {
  setTimeout(() => {
    if (!signal.aborted || !isDisconnect(error)) log();
  }, 0);
}

function isDisconnect(error: unknown): boolean {
  try {
    const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
    return name === 'AbortError' || name === 'ResponseAborted' || code === 'ECONNRESET';
  } catch {
    return false;
  }
}

/** Keeps what a `NextRequest` has in addition to a `Request`. */
function limitedBody<Req extends Request>(came: Req, maxBytes: number): Req {
  const limited = withBodyLimit(came, maxBytes);
  if (limited === came) return came;
  for (const name of ['nextUrl', 'cookies'] as const) {
    if (name in came) Object.defineProperty(limited, name, { get: () => came[name as keyof Req] });
  }
  return limited as Req;
}
