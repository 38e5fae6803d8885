import type { IncomingMessage, ServerResponse } from 'node:http';
import { csp } from '../csp/csp.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import { securityHeaders } from '../headers/headers.ts';
import { knownOptions } from '../internal/known-options.ts';
import { refusalOf } from '../internal/refuse.ts';
import { allowed, type Decision } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgeAnnouncedBody } from '../request/announced-body.ts';
import { currentRequest, runRequest } from '../request/context.ts';
import { judgeHost } from '../request/host-header.ts';
import { checkedHeaders } from './checked-headers.ts';
import { continueBody } from './expect-continue.ts';
import { type ExpressRequest, ExpressStart } from './express-request.ts';
import { sendPolicy } from './response-state.ts';

export interface BulwarkOptions {
  /** How many of your own proxies are in front and write `X-Forwarded-For`. 0 by default: the header is ignored. */
  readonly trustedProxies?: number;
  /** Changes to the security headers, or `false` for none. */
  readonly headers?: HeaderOptions | false;
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /** Leaves `res.jsonp` as it is. By default it throws, because every site can load and read such a response. */
  readonly allowJsonp?: boolean;
  /**
   * The largest body that a request may announce, in bytes, or a function that says so for each request: a larger one is
   * answered with 413 before it is read. 1,073,741,824 (1 GiB, as in Apache) by default. Body parsers have smaller limits
   * of their own.
   */
  readonly maxBodyBytes?: number | ((req: IncomingMessage) => number);
}

interface Response extends ServerResponse {
  readonly locals?: Record<string, unknown>;
}
type Next = (error?: unknown) => void;

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
): (req: ExpressRequest, res: Response, next: Next) => void {
  const own = knownOptions(options, ['trustedProxies', 'headers', 'csp', 'allowJsonp', 'maxBodyBytes']);
  const hops = own.trustedProxies ?? 0;
  if (!(Number.isInteger(hops) && hops >= 0 && hops <= 16)) {
    throw new Misuse('bulwark/invalid-option', 'trustedProxies takes a whole number from 0 to 16.');
  }
  const maxBodyBytes = bodyLimit(own.maxBodyBytes ?? 1_073_741_824);
  const changes = own.headers;
  const headers = changes === false ? [] : securityHeaders(changes);
  const endpoints = headers.find(([name]) => name.toLowerCase() === 'reporting-endpoints')?.[1];
  const policy = own.csp === false ? undefined : csp(own.csp);
  const allowJsonp = own.allowJsonp === true;
  const setChecked = checkedHeaders();

  return function bulwarkMiddleware(req, res, next) {
    runRequest(new ExpressStart(req, hops), () => {
      const nonce = currentRequest()?.nonce ?? '';
      res.removeHeader('X-Powered-By');
      sendPolicy(res, { nonce, endpoints, policy, setChecked }, headers);
      if (!allowJsonp && 'jsonp' in res) res.jsonp = refuseJsonp;
      if (res.locals) res.locals.nonce = nonce;
      const refused = judge(req, maxBodyBytes);
      if (refused.allow) {
        continueBody(req, res);
        next();
        return;
      }
      // What follows on this connection is the unread body, or requests that nobody can trust.
      res.setHeader('Connection', 'close');
      next(refusalOf(refused));
    });
  };
}

function bodyLimit(limit: unknown): (req: IncomingMessage) => number {
  if (typeof limit === 'function') return limit as (req: IncomingMessage) => number;
  if (typeof limit === 'number' && limit >= 0) return () => limit;
  throw new Misuse(
    'bulwark/invalid-option',
    'maxBodyBytes takes a number of bytes, or a function of the request.',
  );
}

function judge(req: ExpressRequest, maxBodyBytes: (req: IncomingMessage) => number): Decision {
  const host = judgeHost(req.originalUrl ?? req.url, req.rawHeaders);
  if (!host.allow) return host;
  const length = req.headers['content-length'];
  return length === undefined ? allowed : judgeAnnouncedBody(length, maxBodyBytes(req));
}

function refuseJsonp(): never {
  throw new Misuse('headers/jsonp');
}
