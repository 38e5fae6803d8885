import { csp } from '../csp/csp.ts';
import { securityHeaders } from '../headers/headers.ts';
import { knownOptions } from '../internal/known-options.ts';
import { enforce } from '../internal/refuse.ts';
import { requestLimits } from '../limits/request-limits.ts';
import { allowed, type Decision } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgeAnnouncedBody } from '../request/announced-body.ts';
import { runRequest } from '../request/context.ts';
import { judgeHost } from '../request/host-header.ts';
import type { Proxied } from '../request/proxied.ts';
import { readConnection } from '../request/read-connection.ts';
import { trustedProxies } from '../request/trusted-proxies.ts';
import { admit } from './admit.ts';
import { withBodyLimit } from './body-limit.ts';
import type { Connection, WebDefenceOptions } from './defence-options.ts';
import { doctorOf } from './doctor.ts';
import { finishResponse, type WebPolicy } from './finish-response.ts';
import { formFieldOf } from './form-field.ts';
import { guardOptions } from './guard-option-names.ts';
import { guardsOf } from './guard-options.ts';
import { requireAddress } from './limit-request.ts';
import { beginResponse, ResponseHeaders } from './response-headers.ts';
import { webInputs } from './web-inputs.ts';

/** A request that has begun, and the response that it will get. */
export interface WebExchange {
  readonly nonce: string;
  /** What guards and routes want on the response. */
  readonly added: ResponseHeaders;
  /**
   * Judges the request, and runs the guards.
   *
   * @returns the request for the application, whose body is held to its limit, and the answer if it was a preflight
   * @throws Refusal of the first that says no
   */
  admit(): Promise<{ readonly request: Request; readonly preflight?: Response }>;
  /** The response with all headers. */
  finish(response: Response): Response;
}

/** What every adapter for web requests does with them. */
export interface WebDefence {
  /** Runs `work` in the request's context. */
  begin<T>(came: Request, known: WebStart, work: (exchange: WebExchange) => T): T;
  /** Judges a body that was parsed. */
  judgeBody(body: unknown): Decision;
}

export interface WebStart extends Connection {
  readonly route?: (() => string | undefined) | undefined;
}

export const webDefenceOptions: readonly (keyof WebDefenceOptions)[] = [
  ...(['trustedProxies', 'headers', 'csp', 'maxBodyBytes', 'limits'] as const),
  ...guardOptions,
];

/** @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw */
export function webDefence(options: WebDefenceOptions): WebDefence {
  const own = knownOptions(options, webDefenceOptions);
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
  const doctor = doctorOf(own, { proxies, guards, limits: limits !== undefined });

  async function admitted(
    came: Request,
    connection: () => Proxied,
    added: ResponseHeaders,
  ): ReturnType<WebExchange['admit']> {
    if (limits) enforce(limits.judge(came));
    const host = came.headers.get('host');
    enforce(judgeHost(came.url, host === null ? [] : ['Host', host]));
    const most = maxBodyBytes(came);
    enforce(judgeAnnouncedBody(came.headers.get('content-length') ?? undefined, most));
    const request = withBodyLimit(came, most);
    beginResponse(request, added);
    if (!guards) return { request };
    if (guards.rateLimit) requireAddress(guards.rateLimit, () => connection().client);
    const preflight = await admit(guards, {
      ...{ request, connection, cookies: added },
      setHeader: (name, value) => added.setHeader(name, value),
      formField: (name) => formFieldOf(request, name),
    });
    if (!preflight) return { request };
    return { request, preflight: new Response(null, { status: preflight.status }) };
  }

  return {
    judgeBody: limits?.judgeBody ?? (() => allowed),
    begin(came, { remote, encrypted, route }, work) {
      const { protocol, host } = new URL(came.url);
      const isEncrypted = encrypted ?? protocol === 'https:';
      let read: Proxied | undefined;
      const connection = (): Proxied => {
        read ??= readConnection(proxies, { remote, headers: came.headers, host, encrypted: isEncrypted });
        return read;
      };
      const client = (): string | undefined => connection().client;
      const start = { method: came.method, client, route, inputs: webInputs(came) };
      return runRequest(start, ({ nonce }) => {
        if (doctor) doctor.see(came, () => ({ address: remote, encrypted: isEncrypted }), { connection });
        const added = new ResponseHeaders(strict);
        return work({
          ...{ nonce, added },
          admit: () => admitted(came, connection, added),
          finish: (response) => finishResponse(response, policy, nonce, added),
        });
      });
    },
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
