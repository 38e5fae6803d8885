import type { ServerResponse } from 'node:http';
import { knownOptions } from '../internal/known-options.ts';
import { defence } from '../node/defence.ts';
import { type DefenceOptions, defenceOptions } from '../node/defence-options.ts';
import { stateOf } from '../node/head/response-state.ts';
import { type ExpressRequest, ExpressStart } from './express-start.ts';
import { allowJsonpFor, inheritMethods } from './inherit-methods.ts';

export interface BulwarkOptions extends DefenceOptions {
  /** Leaves `res.jsonp` as it is. By default it throws, because every site can load and read such a response. */
  readonly allowJsonp?: boolean;
}

interface Response extends ServerResponse {
  readonly locals?: Record<string, unknown>;
}

/**
 * The first line of an Express application: the request's context for events, security headers, and a
 * Content-Security-Policy whose nonce is in `res.locals.nonce` and `currentRequest().nonce`. Pages with the nonce are kept out of
 * shared caches. A malformed `Host` is refused with 400, a body announced as too large with 413 (RFC 9112, CWE-444, CWE-770).
 *
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw; at a request `headers/jsonp`
 *
 * @example
 * ```ts
 * import { bulwark, bulwarkErrors } from 'bulwark/express';
 * import express from 'express';
 *
 * const app = express();
 * app.use(bulwark({ trustedProxies: 1 }));
 * app.get('/', (req, res) => res.send('hello'));
 * app.use(bulwarkErrors());
 * ```
 */
export function bulwark(
  options: BulwarkOptions = {},
): (req: ExpressRequest, res: Response, next: (error?: unknown) => void) => void {
  const { allowJsonp, ...rest } = knownOptions(options, [...defenceOptions, 'allowJsonp']);
  const guard = defence(rest);

  return function bulwarkMiddleware(req, res, next) {
    inheritMethods(res);
    if (allowJsonp === true) allowJsonpFor(res);
    guard.begin(new ExpressStart(req, guard.proxies), req, res, (refused) => {
      const { locals } = res;
      if (locals) locals.nonce = stateOf(res)?.nonce;
      next(refused);
    });
  };
}
