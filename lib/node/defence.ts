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
import { currentRequest, runRequest } from '../request/context.ts';
import { judgeHost } from '../request/host-header.ts';
import { type TrustedProxies, trustedProxies } from '../request/trusted-proxies.ts';
import { admit } from '../web/admit.ts';
import { type Guards, guardsOf } from '../web/guard-options.ts';
import { answerPreflight } from './answer-preflight.ts';
import { checkedHeaders } from './checked-headers.ts';
import { closeConnection } from './close-connection.ts';
import { type DefenceOptions, defenceOptions } from './defence-options.ts';
import { awaitsContinue, continueBody } from './expect-continue.ts';
import { NodeExchange } from './node-exchange.ts';
import type { NodeStart } from './node-start.ts';
import { sendPolicy } from './response-state.ts';
import { watchBody } from './watch-body.ts';

/** A request as frameworks over `node:http` leave it. */
export interface NodeRequest extends IncomingMessage {
  /** The URL that came, where a router has cut its own part off `url`. */
  readonly originalUrl?: string;
}

/** What every adapter over `node:http` does with a request before the application gets it. */
export interface Defence {
  readonly proxies: TrustedProxies;
  /** Calls `next` in the request's context, with an error if the request is refused. */
  begin(start: NodeStart, req: NodeRequest, res: ServerResponse, next: (error?: unknown) => void): void;
}

/** @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw */
export function defence(options: DefenceOptions): Defence {
  const own = knownOptions(options, defenceOptions);
  const proxies = trustedProxies(own.trustedProxies);
  const maxBodyBytes = bodyLimit(own.maxBodyBytes ?? 1_073_741_824);
  const headers = own.headers === false ? [] : securityHeaders(own.headers);
  const endpoints = headers.find(([name]) => name.toLowerCase() === 'reporting-endpoints')?.[1];
  const policy = own.csp === false ? undefined : csp(own.csp);
  const limits = own.limits === false ? undefined : requestLimits(own.limits);
  const guards = guardsOf(own);
  const production = isProduction();
  const setChecked = checkedHeaders();

  return {
    proxies,
    begin(start, req, res, next) {
      runRequest(start, () => {
        res.removeHeader('X-Powered-By');
        const nonce = currentRequest()?.nonce ?? '';
        sendPolicy(res, { nonce, endpoints, policy, setChecked }, headers);
        if (production) tellMissingLimits(req.socket as { readonly server?: object });
        const judged = judge(req, limits, maxBodyBytes);
        if (!judged.allow) {
          // What follows on this connection is the unread body, or requests that can't be trusted.
          closeConnection(req, res);
          next(refusalOf(judged));
          return;
        }
        watchBody(req, res, { maxBodyBytes, fields: limits });
        if (guards) ask(guards, start, req, res, next);
        else pass(req, res, next);
      });
    },
  };
}

function ask(
  guards: Guards,
  start: NodeStart,
  req: NodeRequest,
  res: ServerResponse,
  next: (error?: unknown) => void,
): void {
  // In its own turn, so that an error that `next` throws doesn't reject a promise that nothing handles.
  const proceed = (work: () => void): void => process.nextTick(work);
  admit(guards, new NodeExchange(start, req, res)).then(
    (preflight) => proceed(() => (preflight ? answerPreflight(preflight, res) : pass(req, res, next))),
    (refused: unknown) =>
      proceed(() => {
        // The client may send its body or not: what comes next on this connection is one of two things.
        if (awaitsContinue(req)) closeConnection(req, res);
        next(thrownError(refused));
      }),
  );
}

function pass(req: NodeRequest, res: ServerResponse, next: () => void): void {
  continueBody(req, res);
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
  limits: RequestLimits | undefined,
  maxBodyBytes: (req: IncomingMessage) => number,
): Decision {
  const size = limits?.judge(req) ?? allowed;
  if (!size.allow) return size;
  const host = judgeHost(rawTargetOf(req), req.rawHeaders);
  if (!host.allow) return host;
  const length = req.headers['content-length'];
  return length === undefined ? allowed : judgeAnnouncedBody(length, maxBodyBytes(req));
}
