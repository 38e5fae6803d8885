import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRefusal } from '../refusal/is-refusal.ts';
import type { Problem } from '../refusal/refusal.ts';
import { currentRequest } from '../request/context.ts';

export interface ErrorOptions {
  /**
   * Told of every error that is not a refusal, with the request's id, before the client gets a general answer.
   * Writes to standard error by default.
   */
  readonly onError?: (error: unknown, requestId: string) => void;
}

/**
 * The last line of an Express application: a refusal becomes `application/problem+json` (RFC 9457) with a general
 * sentence, and every other error a 500, or the 4xx that the framework meant. Neither shows a message, a stack or a
 * value to the client (CWE-209); both show the request's id, under which the log knows the rest.
 */
export function bulwarkErrors(
  options: ErrorOptions = {},
): (error: unknown, req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void {
  const onError = options.onError ?? toStandardError;

  // Express knows an error handler by its four parameters.
  return function bulwarkErrorHandler(error, _req, res, next) {
    const requestId =
      (isRefusal(error) ? error.requestId : undefined) ?? currentRequest()?.id ?? randomUUID();
    const problem = isRefusal(error) ? { ...error.toProblem(), requestId } : problemOf(error, requestId);
    if (problem.status >= 500 && !isRefusal(error)) onError(error, requestId);
    // Half an answer is out already: only the framework can end the connection.
    if (res.headersSent) {
      next(error);
      return;
    }
    // The handler may have described a body that it then could not send.
    for (const name of ofTheBody) res.removeHeader(name);
    const body = JSON.stringify(problem);
    res.statusCode = problem.status;
    res.setHeader('Content-Type', 'application/problem+json');
    res.setHeader('Content-Length', Buffer.byteLength(body));
    res.setHeader('Cache-Control', 'no-store');
    res.end(body);
  };
}

/** With another body, each of these would be false, and a false length lets the next response be read as this one's. */
const ofTheBody = [
  ...['Accept-Ranges', 'Content-Disposition', 'Content-Encoding', 'Content-Language', 'Content-Location'],
  ...['Content-Range', 'ETag', 'Expires', 'Last-Modified', 'Trailer', 'Transfer-Encoding'],
];

/** Body parsers and routers mark the client's own mistakes with a 4xx status; anything else is the server's. */
function problemOf(error: unknown, requestId: string): Problem {
  const marked =
    typeof error === 'object' && error !== null ? (error as { status?: unknown }).status : undefined;
  const status =
    Number.isInteger(marked) && Number(marked) >= 400 && Number(marked) < 500 ? Number(marked) : 500;
  const title = status === 500 ? 'The server could not answer.' : 'The request was not understood.';
  return { type: 'about:blank', title, status, requestId };
}

function toStandardError(error: unknown, requestId: string): void {
  console.error(`request ${requestId} failed:`, error);
}
