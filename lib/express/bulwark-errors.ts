import type { IncomingMessage, ServerResponse } from 'node:http';
import { failureLog, type OnError } from '../errors/failure-log.ts';
import { knownOptions } from '../internal/known-options.ts';
import { cutResponse } from '../node/cut-response.ts';
import { writeError } from '../node/write-error.ts';

export interface ErrorOptions {
  /**
   * Called with every error that is answered with 5xx and isn't a refusal, and with the request's id. By default, and if this function fails, errors go to
   * standard error.
   */
  readonly onError?: OnError;
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
  const log = failureLog(knownOptions(options, ['onError']).onError);

  // Express knows an error handler by its four parameters.
  return function bulwarkErrorHandler(error, _req, res, _next) {
    // Express would cut half an answer too, but it looks at the error first, and one that throws then ends the process.
    if (!writeError(error, res, log)) cutResponse(res);
  };
}
