import type { IncomingMessage, ServerResponse } from 'node:http';
import { csp } from '../csp/csp.ts';
import { thrownError } from '../errors/thrown-error.ts';
import { securityHeaders } from '../headers/headers.ts';
import { isProduction } from '../internal/is-production.ts';
import { knownOptions } from '../internal/known-options.ts';
import { refusalOf } from '../internal/refuse.ts';
import { tellMissingLimits } from '../limits/limited-servers.ts';
import { type RequestLimits, requestLimits } from '../limits/request-limits.ts';
import { allowed, type Decision } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgeAnnouncedBody } from '../request/announced-body.ts';
import { rawTargetOf } from '../request/any-request.ts';
import { runRequest } from '../request/context.ts';
import { judgeHost, judgeNamedHost } from '../request/host-header.ts';
import { type TrustedProxies, trustedProxies } from '../request/trusted-proxies.ts';
import { admit } from '../web/admit.ts';
import { doctorOf } from '../web/doctor.ts';
import { type Guards, guardsOf } from '../web/guard-options.ts';
import { answerPreflight } from './answer-preflight.ts';
import { awaitsContinue, continueBody } from './body/expect-continue.ts';
import { watchBody } from './body/watch-body.ts';
import { closeConnection } from './close-connection.ts';
import { type DefenceOptions, defenceOptions } from './defence-options.ts';
import { doctorPeer } from './doctor-peer.ts';
import { endAbortedStream } from './end-aborted-stream.ts';
import { prepareHeaders } from './head/prepared-headers.ts';
import { rememberContentType } from './head/removed-content-type.ts';
import { startResponse } from './head/start-response.ts';
import { NodeExchange } from './node-exchange.ts';
import type { NodeStart } from './node-start.ts';
import { RequestLines } from './request-lines.ts';

/** A request as frameworks over `node:http` leave it. */
export interface NodeRequest extends IncomingMessage {
  /** The URL that came, where a router has cut its own part off `url`. */
  readonly originalUrl?: string;
}

/** What every adapter over `node:http` does with a request before the application gets it. */
export interface Defence {
  readonly proxies: TrustedProxies;
  /** Judges a body that was parsed: for frameworks that keep it where nothing here sees it. */
  readonly judgeBody: RequestLimits['judgeBody'];
  /**
   * Calls `next` in the request's context, with an error if the request is refused.
   *
   * @param answered called instead of `next` if the response was sent: to a preflight
   */
  begin(
    start: NodeStart,
    req: NodeRequest,
    res: ServerResponse,
    next: (error?: unknown) => void,
    answered?: () => void,
  ): void;
}

/**
 * @param whole for `bulwark doctor`, all that the application is set up with, where another part does some of it
 * @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw
 */
export function defence(options: DefenceOptions, whole: DefenceOptions = options): Defence {
  const own = knownOptions(options, defenceOptions);
  const proxies = trustedProxies(own.trustedProxies);
  const maxBodyBytes = bodyLimit(own.maxBodyBytes ?? 1_073_741_824);
  const headers = own.headers === false ? [] : securityHeaders(own.headers);
  const endpoints = headers.find(([name]) => name.toLowerCase() === 'reporting-endpoints')?.[1];
  const policy = own.csp === false ? undefined : csp(own.csp);
  const limits = own.limits === false ? undefined : requestLimits(own.limits);
  const guards = guardsOf(own);
  const production = isProduction();
  const all = whole === options ? { own, guards } : { own: whole, guards: guardsOf(whole) };
  const doctor = doctorOf(all.own, { proxies, guards: all.guards, limits: limits !== undefined });
  const response = {
    endpoints,
    policy,
    headers: prepareHeaders(headers, policy, endpoints),
  };

  return {
    proxies,
    judgeBody: limits?.judgeBody ?? (() => allowed),
    begin(start, req, res, next, answered) {
      runRequest(start, ({ nonce }) => {
        if (doctor) doctor.see(req, () => doctorPeer(req), start);
        if (req.httpVersionMajor > 1) endAbortedStream(res);
        const lines = new RequestLines(req);
        const state = startResponse(res, nonce, response);
        if (lines.isConditional) rememberContentType(res, state);
        if (production) tellMissingLimits(req.socket as { readonly server?: object });
        const judged = judge(req, lines, limits, maxBodyBytes);
        if (!judged.allow) {
          // What follows on this connection is the unread body, or requests that can't be trusted.
          closeConnection(req, res);
          next(refusalOf(judged));
          return;
        }
        watchBody(req, res, lines, { maxBodyBytes, fields: limits, owner: start.bodyOwner() });
        if (guards) ask(guards, start, req, res, lines, next, answered);
        else pass(req, res, lines, next);
      });
    },
  };
}

function ask(
  guards: Guards,
  start: NodeStart,
  req: NodeRequest,
  res: ServerResponse,
  lines: RequestLines,
  next: (error?: unknown) => void,
  answered?: () => void,
): void {
  // In its own turn, so that an error that `next` throws doesn't reject a promise that nothing handles.
  const proceed = (work: () => void): void => process.nextTick(work);
  admit(guards, new NodeExchange(start, req, res)).then(
    (preflight) =>
      proceed(() => {
        if (!preflight) return pass(req, res, lines, next);
        answerPreflight(preflight, res);
        answered?.();
      }),
    (refused: unknown) =>
      proceed(() => {
        // The client may send its body or not: what comes next on this connection is one of two things.
        if (awaitsContinue(req)) closeConnection(req, res);
        next(thrownError(refused));
      }),
  );
}

function pass(req: NodeRequest, res: ServerResponse, { expects }: RequestLines, next: () => void): void {
  if (expects) continueBody(req, res);
  next();
}

function bodyLimit(limit: unknown): (req: IncomingMessage) => number {
  if (typeof limit === 'function') return limit as (req: IncomingMessage) => number;
  if (typeof limit === 'number' && limit >= 0) return () => limit;
  throw new Misuse(
    'bulwark/invalid-option',
    'maxBodyBytes takes a number of bytes, or a function of the request.',
  );
}

function judge(
  req: NodeRequest,
  { raw, hosts, host, contentLength }: RequestLines,
  limits: RequestLimits | undefined,
  maxBodyBytes: (req: IncomingMessage) => number,
): Decision {
  const size = limits?.judge(req) ?? allowed;
  if (!size.allow) return size;
  const target = rawTargetOf(req);
  const named = hosts > 1 ? judgeHost(target, raw) : judgeNamedHost(target, host);
  if (!named.allow) return named;
  return contentLength === undefined ? allowed : judgeAnnouncedBody(contentLength, maxBodyBytes(req));
}
