import { clientErrorOf } from '../errors/client-error.ts';
import type { Adapter } from './platform.ts';

type Handle = (...args: never[]) => unknown;

/**
 * Nest answers every SyntaxError and URIError of a middleware with 400 and its message. An error of the application's own `JSON.parse` repeats part of
 * what it parsed (CWE-209). If the client did not cause such an error, Nest gets it as a plain `Error`, which is answered with 500.
 */
export function hideOwnSyntaxErrors(adapter: Adapter): void {
  const setErrorHandler = adapter.setErrorHandler.bind(adapter);
  adapter.setErrorHandler = (handler, prefix) => {
    const handle = handler as (error: unknown, ...rest: unknown[]) => unknown;
    // Express knows an error handler by its four parameters.
    const own = (error: unknown, req: unknown, res: unknown, next: unknown): unknown =>
      handle(isOwnMistake(error) ? new Error(undefined, { cause: error }) : error, req, res, next);
    return setErrorHandler(own as Handle, prefix);
  };
}

function isOwnMistake(error: unknown): boolean {
  try {
    if (!(error instanceof SyntaxError || error instanceof URIError)) return false;
    // Fastify's parsers say 400 without `expose`.
    return clientErrorOf(error) === undefined && (error as { statusCode?: unknown }).statusCode !== 400;
  } catch {
    return true;
  }
}
