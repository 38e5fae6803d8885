import type { Context } from 'hono';
import { failureLog, type OnError } from '../errors/failure-log.ts';
import { knownOptions } from '../internal/known-options.ts';
import { errorResponse } from './error-response.ts';

export interface ErrorOptions {
  /**
   * Called with every error that is answered with 5xx and isn't a refusal, and with the request's id. By default, and if this function fails, errors go to
   * standard error.
   */
  readonly onError?: OnError;
}

/**
 * For `app.onError`. A refusal becomes `application/problem+json` (RFC 9457) with a general sentence, and so does an `HTTPException`
 * with a 4xx status. One with a response of its own is answered with that. Any other error becomes a 500. The client sees no message, stack
 * or value (CWE-209), only the request's id, which finds the details in the log. Headers that describe the handler's body, such as
 * `Content-Encoding`, are removed. It never throws, whatever was thrown.
 *
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, bulwarkErrors } from 'bulwark/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.use(bulwark());
 * app.onError(bulwarkErrors({ onError: (error, requestId) => console.error(requestId, error) }));
 * ```
 */
export function bulwarkErrors(options: ErrorOptions = {}): (error: unknown, c: Context) => Response {
  const log = failureLog(knownOptions(options, ['onError']).onError);
  return function bulwarkErrorHandler(error, c) {
    return errorResponse(error, c, log);
  };
}
