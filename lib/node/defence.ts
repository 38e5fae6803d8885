import type { IncomingMessage, ServerResponse } from 'node:http';
import { csp } from '../csp/csp.ts';
import { securityHeaders } from '../headers/headers.ts';
import { knownOptions } from '../internal/known-options.ts';
import { refusalOf } from '../internal/refuse.ts';
import { allowed, type Decision } from '../refusal/decision.ts';
import { Misuse } from '../refusal/misuse.ts';
import { judgeAnnouncedBody } from '../request/announced-body.ts';
import { currentRequest, type RequestStart, runRequest } from '../request/context.ts';
import { judgeHost } from '../request/host-header.ts';
import { checkedHeaders } from './checked-headers.ts';
import { type DefenceOptions, defenceOptions } from './defence-options.ts';
import { continueBody } from './expect-continue.ts';
import { sendPolicy } from './response-state.ts';

/** A request as frameworks over `node:http` leave it. */
export interface NodeRequest extends IncomingMessage {
  /** The URL that came, where a router has cut its own part off `url`. */
  readonly originalUrl?: string;
}

/** What every adapter over `node:http` does with a request before the application gets it. */
export interface Defence {
  /** How many proxies are trusted. */
  readonly hops: number;
  /** Calls `next` in the request's context, with an error if the request is refused. */
  begin(start: RequestStart, req: NodeRequest, res: ServerResponse, next: (error?: unknown) => void): void;
}

/** @throws Misuse `bulwark/invalid-option`, and what `csp` and `securityHeaders` throw */
export function defence(options: DefenceOptions): Defence {
  const own = knownOptions(options, defenceOptions);
  const hops = own.trustedProxies ?? 0;
  if (!(Number.isInteger(hops) && hops >= 0 && hops <= 16)) {
    throw new Misuse('bulwark/invalid-option', 'trustedProxies takes a whole number from 0 to 16.');
  }
  const maxBodyBytes = bodyLimit(own.maxBodyBytes ?? 1_073_741_824);
  const headers = own.headers === false ? [] : securityHeaders(own.headers);
  const endpoints = headers.find(([name]) => name.toLowerCase() === 'reporting-endpoints')?.[1];
  const policy = own.csp === false ? undefined : csp(own.csp);
  const setChecked = checkedHeaders();

  return {
    hops,
    begin(start, req, res, next) {
      runRequest(start, () => {
        res.removeHeader('X-Powered-By');
        const nonce = currentRequest()?.nonce ?? '';
        sendPolicy(res, { nonce, endpoints, policy, setChecked }, headers);
        const judged = judge(req, maxBodyBytes);
        if (judged.allow) {
          continueBody(req, res);
          next();
          return;
        }
        // What follows on this connection is the unread body, or requests that nobody can trust.
        res.setHeader('Connection', 'close');
        next(refusalOf(judged));
      });
    },
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

function judge(req: NodeRequest, maxBodyBytes: (req: IncomingMessage) => number): Decision {
  const host = judgeHost(req.originalUrl ?? req.url, req.rawHeaders);
  if (!host.allow) return host;
  const length = req.headers['content-length'];
  return length === undefined ? allowed : judgeAnnouncedBody(length, maxBodyBytes(req));
}
