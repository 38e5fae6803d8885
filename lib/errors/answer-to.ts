import { isOwnProblem } from '../internal/own-problems.ts';
import { refusalIn } from '../internal/refusal-in.ts';
import type { Problem, Refusal } from '../refusal/refusal.ts';
import { currentRequest } from '../request/context.ts';
import { clientErrorOf } from './client-error.ts';

/** What the client gets for an error. */
export interface ErrorAnswer {
  readonly status: number;
  /** Spelt as they are sent. `Content-Length` is left to the code that sends the body. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** JSON in ASCII. */
  readonly body: string;
  /** It is in the body, and finds the details in the log. */
  readonly requestId: string;
  /** True for a failure of the application, which its log needs. False for a refusal and for the client's own mistake. */
  readonly isFailure: boolean;
}

/**
 * The answer to an error: `application/problem+json` (RFC 9457) with a general sentence. The client sees no message, stack or value
 * (CWE-209), only the request's id. A refusal keeps its status, and `retryAfterSeconds` in its detail becomes `Retry-After`. An error
 * that says it may be shown keeps its 4xx (http-errors), and a `DatabaseError` of bulwark/sql its status. Everything else is a 500. Never throws, whatever was thrown.
 *
 * @param requestId the current request's by default, or a random one
 *
 * @example
 * ```ts
 * import { answerTo } from 'bulwark/errors';
 *
 * const { status, body } = answerTo(new Error('password=hunter2'), 'req-1');
 * status; // 500
 * body; // '{"type":"about:blank","title":"The server could not answer.","status":500,"requestId":"req-1"}'
 * ```
 */
export function answerTo(
  error: unknown,
  requestId: string = currentRequest()?.id ?? crypto.randomUUID(),
): ErrorAnswer {
  const { problem, headers, isFailure } = judge(error, requestId);
  return {
    status: problem.status,
    headers: [...always, ...headers],
    body: JSON.stringify(problem),
    requestId: problem.requestId ?? requestId,
    isFailure,
  };
}

/** This answer is data: nothing in it is ever a page or a script, whatever the route had switched off. */
const always: ErrorAnswer['headers'] = [
  ['Content-Type', 'application/problem+json'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cache-Control', 'no-store'],
];

interface Judged {
  readonly problem: Problem;
  readonly headers: ErrorAnswer['headers'];
  readonly isFailure: boolean;
}

function judge(error: unknown, requestId: string): Judged {
  try {
    // Clients wrap a refusal of their connection: the built-in fetch throws a TypeError with this cause.
    const refusal = refusalIn(error);
    if (refusal) {
      const problem = { ...refusal.toProblem(), requestId: refusal.requestId ?? requestId };
      return { problem, headers: retryAfter(secondsIn(refusal)), isFailure: false };
    }
    if (isOwnProblem(error)) {
      const problem = { ...error.toProblem(), requestId };
      return { problem, headers: retryAfter(error.retryAfterSeconds), isFailure: problem.status >= 500 };
    }
    const client = clientErrorOf(error);
    if (client) {
      const { status, title, headers } = client;
      return { problem: { type: 'about:blank', title, status, requestId }, headers, isFailure: false };
    }
  } catch {
    // A proxy whose traps throw, a getter: no answer depends on what was thrown.
  }
  const problem: Problem = {
    ...{ type: 'about:blank', title: 'The server could not answer.', status: 500, requestId },
  };
  return { problem, headers: [], isFailure: true };
}

function secondsIn({ detail }: Refusal): unknown {
  if (typeof detail !== 'object' || detail === null || !Object.hasOwn(detail, 'retryAfterSeconds'))
    return undefined;
  return (detail as { retryAfterSeconds?: unknown }).retryAfterSeconds;
}

/** RFC 9110, 10.2.3: whole seconds. Rounded up, because who comes too early is refused again. */
function retryAfter(seconds: unknown): ErrorAnswer['headers'] {
  if (typeof seconds !== 'number' || !(seconds >= 0)) return [];
  return [['Retry-After', String(Math.min(Math.ceil(seconds), longestWait))]];
}

/** A year. Longer is a mistake in a unit, and `Infinity` is no header. */
const longestWait = 31_536_000;
