import type { IncomingMessage, ServerResponse } from 'node:http';
import { csp } from '../csp/csp.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import { securityHeaders } from '../headers/headers.ts';
import { knownOptions } from '../internal/known-options.ts';
import { Misuse } from '../refusal/misuse.ts';
import { clientAddress } from '../request/client-address.ts';
import { currentRequest, withRequest } from '../request/context.ts';
import { inputsOf } from './inputs-of.ts';
import { sendPolicy } from './response-state.ts';

export interface BulwarkOptions {
  /** How many proxies of your own stand in front and write `X-Forwarded-For`. 0 by default: the header is ignored. */
  readonly trustedProxies?: number;
  /** Changes to the security headers, or `false` for none. */
  readonly headers?: HeaderOptions | false;
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /** Leaves `res.jsonp` as it is. By default it throws, because every site can load and read what it answers. */
  readonly allowJsonp?: boolean;
}

/** The parts of an Express request and response that are used, so that every version's types fit. */
interface Request extends IncomingMessage {
  readonly baseUrl?: string;
  readonly route?: { readonly path?: unknown };
}
interface Response extends ServerResponse {
  readonly locals?: Record<string, unknown>;
}
type Next = (error?: unknown) => void;

/**
 * The first line of an Express application: the request's context for events, security headers, and a
 * Content-Security-Policy whose nonce is in `res.locals.nonce` and `currentRequest().nonce`.
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
export function bulwark(options: BulwarkOptions = {}): (req: Request, res: Response, next: Next) => void {
  const own = knownOptions(options, ['trustedProxies', 'headers', 'csp', 'allowJsonp']);
  const hops = own.trustedProxies ?? 0;
  if (!(Number.isInteger(hops) && hops >= 0 && hops <= 16)) {
    throw new Misuse('bulwark/invalid-option', 'trustedProxies takes a whole number from 0 to 16.');
  }
  const changes = own.headers;
  const headers = changes === false ? [] : securityHeaders(changes);
  const endpoints = headers.find(([name]) => name.toLowerCase() === 'reporting-endpoints')?.[1];
  const policy = own.csp === false ? undefined : csp(own.csp);
  const allowJsonp = own.allowJsonp === true;

  return function bulwarkMiddleware(req, res, next) {
    const client = clientAddress(req.socket.remoteAddress, req.headers['x-forwarded-for'], hops);
    const route = (): string | undefined => routeOf(req);
    const start = {
      ...{ method: req.method ?? 'GET', route, inputs: inputsOf(req) },
      ...(client !== undefined && { client }),
    };
    withRequest(start, () => {
      const nonce = currentRequest()?.nonce ?? '';
      res.removeHeader('X-Powered-By');
      for (const [name, value] of headers) res.setHeader(name, value);
      sendPolicy(res, { nonce, endpoints, policy });
      if (!allowJsonp && 'jsonp' in res) res.jsonp = refuseJsonp;
      if (res.locals) res.locals.nonce = nonce;
      next();
    });
  };
}

function refuseJsonp(): never {
  throw new Misuse('headers/jsonp');
}

/**
 * The pattern that matched, such as `/users/:id`; it is the developer's text, where the URL is the client's. Of a
 * router's mount Express keeps only the part of the URL that matched (`req.baseUrl`), so a star stands for it.
 */
function routeOf(req: Request): string | undefined {
  const path = req.route?.path;
  return typeof path === 'string' ? `${req.baseUrl ? '*' : ''}${path}` : undefined;
}
