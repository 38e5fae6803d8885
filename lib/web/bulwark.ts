import { csp } from '../csp/csp.ts';
import type { CspOptions } from '../csp/csp-options.ts';
import { answerTo } from '../errors/answer-to.ts';
import { failureLog, type OnError } from '../errors/failure-log.ts';
import type { HeaderOptions } from '../headers/header-changes.ts';
import { securityHeaders } from '../headers/headers.ts';
import { knownOptions } from '../internal/known-options.ts';
import { enforce } from '../internal/refuse.ts';
import { type RequestLimitOptions, requestLimits } from '../limits/request-limits.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgeAnnouncedBody } from '../request/announced-body.ts';
import { currentRequest, runRequest } from '../request/context.ts';
import { judgeHost } from '../request/host-header.ts';
import { readConnection } from '../request/read-connection.ts';
import { type Proxied, type TrustedProxyOptions, trustedProxies } from '../request/trusted-proxies.ts';
import { admit } from './admit.ts';
import { withBodyLimit } from './body-limit.ts';
import { finishResponse, type WebPolicy } from './finish-response.ts';
import { formFieldOf } from './form-field.ts';
import { type GuardOptions, guardOptions, guardsOf } from './guard-options.ts';
import { beginResponse, ResponseHeaders } from './response-headers.ts';
import { webInputs } from './web-inputs.ts';

export interface BulwarkOptions extends GuardOptions {
  /**
   * How many of your own proxies every request passes, and the addresses they have: `{ hops: 1, from: ['10.0.0.0/8'] }`. 0 by
   * default: forwarded headers are ignored.
   */
  readonly trustedProxies?: number | TrustedProxyOptions;
  /** Changes to the security headers, or `false` for none. */
  readonly headers?: HeaderOptions | false;
  /** Changes to the Content-Security-Policy, or `false` for none. */
  readonly csp?: CspOptions | false;
  /** The largest body in bytes, or a function of the request. 1,073,741,824 (1 GiB) by default. */
  readonly maxBodyBytes?: number | ((request: Request) => number);
  /** Changes to the limits of URLs, header lines and query fields, or `false` for none. */
  readonly limits?: RequestLimitOptions | false;
  /**
   * Called with every error that is answered with 5xx and is no refusal, and the request's id. By default, and if this function fails, errors go to
   * standard error.
   */
  readonly onError?: OnError;
}

/** What a web `Request` does not tell: the server knows it. */
export interface Connection {
  /** The peer's address, `unix` for a Unix socket. Without it there is no client's address. */
  readonly remote?: string | undefined;
  /** Whether the connection to this process uses TLS. By default, as the request's URL says. */
  readonly encrypted?: boolean | undefined;
}

export type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Defends an application that turns a web `Request` into a `Response`: the request's context for events, security headers, a
 * Content-Security-Policy with the nonce `currentRequest().nonce`, the guards that are set up, and answers to errors that show the
 * client nothing.
 *
 * @returns never rejects
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 *
 * @example
 * ```ts
 * import { bulwark } from 'bulwark/web';
 *
 * const app = bulwark({ origin: 'https://shop.example.com' }, () => new Response('hello'));
 * const response = await app(new Request('https://shop.example.com/'), { remote: '203.0.113.9' });
 * response.headers.get('x-frame-options'); // 'DENY'
 * ```
 */
export function bulwark(
  options: BulwarkOptions,
  handler: Handler,
): (request: Request, connection?: Connection) => Promise<Response> {
  const own = knownOptions(options, [
    ...(['trustedProxies', 'headers', 'csp', 'maxBodyBytes', 'limits', 'onError'] as const),
    ...guardOptions,
  ]);
  if (typeof handler !== 'function') {
    throw new Misuse('bulwark/invalid-option', 'Pass the handler second: bulwark({}, (request) => { ... }).');
  }
  const proxies = trustedProxies(own.trustedProxies);
  const headers = own.headers === false ? [] : securityHeaders(own.headers);
  const policy: WebPolicy = {
    headers,
    endpoints: headers.find(([name]) => name.toLowerCase() === 'reporting-endpoints')?.[1],
  };
  const strict = own.csp === false ? undefined : csp(own.csp);
  const maxBodyBytes = bodyLimit(own.maxBodyBytes ?? 1_073_741_824);
  const limits = own.limits === false ? undefined : requestLimits(own.limits);
  const guards = guardsOf(own);
  const log = failureLog(own.onError);

  async function answer(came: Request, connection: () => Proxied, added: ResponseHeaders): Promise<Response> {
    if (limits) enforce(limits.judge(came));
    const host = came.headers.get('host');
    enforce(judgeHost(came.url, host === null ? [] : ['Host', host]));
    const most = maxBodyBytes(came);
    enforce(judgeAnnouncedBody(came.headers.get('content-length') ?? undefined, most));
    const request = withBodyLimit(came, most);
    beginResponse(request, added);
    if (guards) {
      const preflight = await admit(guards, {
        ...{ request, connection, cookies: added },
        setHeader: (name, value) => added.setHeader(name, value),
        formField: (name) => formFieldOf(request, name),
      });
      if (preflight) return new Response(null, { status: preflight.status });
    }
    return handler(request);
  }

  return function bulwarkHandler(request, known = {}) {
    // Own properties only: a polluted prototype must not choose the client's address.
    const { remote, encrypted }: Connection = Object.assign(Object.create(null), known);
    const { protocol, host } = new URL(request.url);
    let read: Proxied | undefined;
    const connection = (): Proxied => {
      read ??= readConnection(proxies, {
        ...{ remote, headers: request.headers, host },
        encrypted: encrypted ?? protocol === 'https:',
      });
      return read;
    };
    const start = { method: request.method, client: () => connection().client, inputs: webInputs(request) };
    return runRequest(start, async () => {
      const added = new ResponseHeaders(strict);
      const nonce = currentRequest()?.nonce ?? '';
      try {
        return finishResponse(await answer(request, connection, added), policy, nonce, added);
      } catch (error) {
        const { status, headers: own, body, requestId, isFailure } = answerTo(error);
        if (isFailure) log(error, requestId);
        return finishResponse(
          new Response(body, { status, headers: new Headers(own as [string, string][]) }),
          policy,
          nonce,
          added,
        );
      }
    });
  };
}

function bodyLimit(limit: unknown): (request: Request) => number {
  if (typeof limit === 'function') return limit as (request: Request) => number;
  if (typeof limit === 'number' && limit >= 0) return () => limit;
  throw new Misuse(
    'bulwark/invalid-option',
    'maxBodyBytes takes a number of bytes, or a function of the request.',
  );
}
