import type { Context } from 'hono';
import { isCdnCacheControl } from '../csp/page-cache-control.ts';
import { answerTo, type ErrorAnswer } from '../errors/answer-to.ts';
import { describesBody } from '../errors/describes-body.ts';
import { failureLog, type OnError } from '../errors/failure-log.ts';
import { isGivenUp } from '../node/body/is-given-up.ts';
import { begunOf, isNode } from './begun.ts';

/** Hono's `HTTPException`, or an error of the same shape. */
interface OwnResponse {
  readonly status?: unknown;
  /** The response that the developer gave it. */
  readonly res?: unknown;
  getResponse(): Response;
}

/** The answer to an error, which is passed to `log` if it is the application's failure. */
export function errorResponse(error: unknown, c: Context, log: OnError = failureLog()): Response {
  const exception = exceptionIn(error);
  const own = exception && ownResponse(exception);
  const answer = answerTo(exception ? shownAs(exception, error) : error);
  const isFailure = own ? own.status >= 500 : answer.isFailure;
  if (isFailure && !isLeft(error, c)) log(error, answer.requestId);
  const { status } = own ?? answer;
  const headers = keptHeaders(c);
  const body = own ? own.body : answer.body;
  const given = own ? [...own.headers] : answerHeaders(answer, c);
  for (const [name, value] of given) {
    if (name === 'set-cookie') headers.append(name, value);
    else headers.set(name, value);
  }
  // What Hono would merge into the answer.
  c.res = undefined;
  return new Response(body, { status, headers });
}

/**
 * The refusal, which Hono can answer where the application has no `bulwarkErrors()`: its own handler of errors asks for `getResponse`.
 */
export function ownAnswer(refused: unknown, c: Context): unknown {
  if (refused instanceof Error && !('getResponse' in refused)) {
    Object.defineProperty(refused, 'getResponse', {
      // Without a prototype, as a polluted one would add attributes.
      __proto__: null,
      configurable: true,
      value: () => errorResponse(refused, c),
    } as PropertyDescriptor);
  }
  return refused;
}

function exceptionIn(error: unknown): OwnResponse | undefined {
  if (!(error instanceof Error) || !Object.hasOwn(error, 'res')) return undefined;
  return typeof (error as Partial<OwnResponse>).getResponse === 'function'
    ? (error as Error & OwnResponse)
    : undefined;
}

/** Undefined also where it can't be sent: an exception that is kept and thrown again has a body that was read by then. */
function ownResponse(exception: OwnResponse): Response | undefined {
  if (!(exception.res instanceof Response)) return undefined;
  try {
    const made = exception.getResponse();
    // That of @hono/node-server makes them only now.
    return made.body?.locked || !made.headers ? undefined : made;
  } catch {
    return undefined;
  }
}

/** The status of Hono's exceptions is meant for the client. Their message may contain untrusted input or a library's details. */
function shownAs({ status }: OwnResponse, error: unknown): unknown {
  return typeof status === 'number' && status < 500
    ? Object.assign(new Error('', { cause: error }), { status, expose: true })
    : error;
}

function answerHeaders({ headers }: ErrorAnswer, c: Context): ErrorAnswer['headers'] {
  // The policy of the response protects an error just as well.
  return hasPolicy(c) ? headers.filter(([name]) => name !== 'Content-Security-Policy') : headers;
}

function hasPolicy(c: Context): boolean {
  const begun = begunOf(c);
  if (begun === undefined) return false;
  return isNode(begun) ? begun.outgoing.hasHeader('Content-Security-Policy') : Boolean(begun.added.policy);
}

/** What the handler has set, except for what describes the body that it then could not send. */
function keptHeaders(c: Context): Headers {
  const headers = new Headers(c.res.headers);
  for (const name of [...headers.keys()]) {
    if (describesBody(name) || isCdnCacheControl(name) || name === 'content-type') headers.delete(name);
  }
  return headers;
}

/** The client disconnected. Nothing failed, and a client that disconnects often must not fill the log. */
function isLeft(error: unknown, c: Context): boolean {
  try {
    const begun = begunOf(c);
    if (begun === undefined) return false;
    if (isNode(begun)) return isGivenUp(error, begun.outgoing) || isCutOff(error, begun.outgoing.destroyed);
    return begun.request.signal?.aborted === true && isAbort(error);
  } catch {
    return false;
  }
}

/** What @hono/node-server rejects with when a body ends before it is complete. */
function isCutOff(error: unknown, isClosed: boolean): boolean {
  return (
    isClosed &&
    error instanceof Error &&
    ((error as NodeJS.ErrnoException).code === 'ECONNRESET' ||
      error.message === 'Client connection prematurely closed.')
  );
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
