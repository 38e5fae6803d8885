import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { isCdnCacheControl } from '../csp/page-cache-control.ts';
import { knownOptions } from '../internal/known-options.ts';
import { refusalIn } from '../internal/refusal-in.ts';
import { isRefusal } from '../refusal/is-refusal.ts';
import type { Problem } from '../refusal/refusal.ts';
import { currentRequest } from '../request/context.ts';

export interface ErrorOptions {
  /**
   * Called with every error that is answered with 500, and the request's id. By default, and if this function fails, errors go to
   * standard error.
   */
  readonly onError?: (error: unknown, requestId: string) => void;
}

/**
 * The last line of an Express application. A refusal becomes `application/problem+json` (RFC 9457) with a general sentence; any
 * other error becomes a 500, or the 4xx that the framework chose. The client sees no message, stack or value (CWE-209), only the
 * request's id, which finds the details in the log. It never throws, whatever was thrown.
 *
 * @throws Misuse `bulwark/invalid-option` at start
 */
export function bulwarkErrors(
  options: ErrorOptions = {},
): (error: unknown, req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void {
  const tell = teller(knownOptions(options, ['onError']).onError ?? toStandardError);

  // Express knows an error handler by its four parameters.
  return function bulwarkErrorHandler(error, _req, res, next) {
    const fresh = currentRequest()?.id ?? randomUUID();
    const problem = problemOf(error, fresh);
    const requestId = problem.requestId ?? fresh;
    if (problem.status >= 500 && !isRefusal(error)) tell(error, requestId);
    // Half an answer is out already: only the framework can end the connection.
    if (res.headersSent) {
      next(error);
      return;
    }
    // The handler may have described a body that it then could not send.
    for (const name of ofTheBody) res.removeHeader(name);
    for (const name of res.getHeaderNames()) if (isCdnCacheControl(name)) res.removeHeader(name);
    if (problem.status < 500) passOn(error, res);
    const body = JSON.stringify(problem);
    res.statusCode = problem.status;
    res.statusMessage = '';
    res.setHeader('Content-Type', 'application/problem+json');
    // Whatever the route had switched off: this answer is data, and nothing in it is ever a page or a script.
    res.setHeader('X-Content-Type-Options', 'nosniff');
    if (!res.hasHeader('Content-Security-Policy')) {
      res.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    }
    res.setHeader('Content-Length', Buffer.byteLength(body));
    res.setHeader('Cache-Control', 'no-store');
    res.end(body);
  };
}

/**
 * With another body, each of these would be false or would outdo `no-store`; a false length even lets the next response
 * be read as this one's.
 */
const ofTheBody = [
  ...['Accept-Ranges', 'Age', 'Content-Digest', 'Content-Disposition', 'Content-Encoding'],
  ...['Content-Language', 'Content-Location', 'Content-MD5', 'Content-Range', 'Digest', 'ETag', 'Expires'],
  ...['Last-Modified', 'Link', 'Location', 'Pragma', 'Refresh', 'Repr-Digest', 'Trailer'],
  'Transfer-Encoding',
];

/**
 * Body parsers and routers mark the client's own mistakes with a 4xx status that may be shown (`expose`, as http-errors
 * has it), or throw a URIError for a path that is no UTF-8. A status alone can be that of an upstream server.
 */
function problemOf(error: unknown, requestId: string): Problem {
  try {
    // Clients wrap a refusal of their connection: the built-in fetch throws a TypeError with this cause.
    const refusal = refusalIn(error);
    if (refusal) return { ...refusal.toProblem(), requestId: refusal.requestId ?? requestId };
    const status = clientStatus(error);
    if (status !== undefined)
      // RFC 9457, 4.2.1: with about:blank the title is the status's own phrase. RFC 9110, 15: an unknown 4xx is a 400.
      return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Bad Request', status, requestId };
  } catch {
    // A proxy whose traps throw, a getter: no answer depends on what was thrown.
  }
  return { type: 'about:blank', title: 'The server could not answer.', status: 500, requestId };
}

function clientStatus(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, expose } = error as { status?: unknown; expose?: unknown };
  const meant = expose === true || (error instanceof URIError && status === 400);
  return meant && typeof status === 'number' && status >= 400 && status < 500
    ? Math.trunc(status)
    : undefined;
}

/** The headers that a client needs to ask again, as http-errors has them: RFC 9110, 10.2.1, 10.2.3 and 11.6.1. */
const forTheClient = new Set(['allow', 'retry-after', 'www-authenticate']);

/** Own properties only: a polluted prototype must not add headers. A value that Node refuses is left out. */
function passOn(error: unknown, res: ServerResponse): void {
  try {
    if (clientStatus(error) === undefined) return;
    const headers: unknown = Object.getOwnPropertyDescriptor(error, 'headers')?.value;
    if (typeof headers !== 'object' || headers === null) return;
    for (const name of Object.keys(headers).slice(0, 20)) {
      if (forTheClient.has(name.toLowerCase()))
        setIfValid(res, name, (headers as Record<string, unknown>)[name]);
    }
  } catch {
    // A proxy whose traps throw, a getter: no answer depends on what was thrown.
  }
}

function setIfValid(res: ServerResponse, name: string, value: unknown): void {
  const lines = (Array.isArray(value) ? value.slice(0, 20) : [value]).map((line: unknown) =>
    typeof line === 'number' ? String(line) : line,
  );
  if (!lines.every((line) => typeof line === 'string' && line !== '' && line.length <= 1000)) return;
  try {
    res.setHeader(name, lines.length === 1 ? (lines[0] as string) : (lines as string[]));
  } catch {
    // Line breaks and other control characters.
  }
}

/** A log that fails must neither show the client an error page nor end the process. */
function teller(onError: NonNullable<ErrorOptions['onError']>): (error: unknown, requestId: string) => void {
  return (error, requestId) => {
    const failed = (reason: unknown): void => {
      toStandardError(error, requestId);
      toStandardError(reason, requestId);
    };
    try {
      Promise.resolve(onError(error, requestId) as unknown).catch(failed);
    } catch (reason) {
      failed(reason);
    }
  };
}

function toStandardError(error: unknown, requestId: string): void {
  try {
    console.error(`request ${requestId} failed:`, error);
  } catch {
    // A getter of its stack that throws.
    console.error(`request ${requestId} failed, with what cannot be printed`);
  }
}
