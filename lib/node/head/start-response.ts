import type { ServerResponse } from 'node:http';
import type { Csp } from '../../csp/csp.ts';
import { type NodeHttp, nodeHttp } from '../node-http.ts';
import type { WriteHead } from './given-headers.ts';
import { inheritedPageHead } from './inherited-page-head.ts';
import { type PreparedHeader, prepareHeaders } from './prepared-headers.ts';
import { keepState, type ResponseState, stateOf } from './response-state.ts';
import { setPrepared } from './set-prepared.ts';
import { writePageHead } from './write-page-head.ts';

/** What a response begins with. */
export interface ResponseStart extends Pick<ResponseState, 'endpoints' | 'policy'> {
  /** The security headers and those of the policy. */
  readonly headers: readonly PreparedHeader[];
}

/** Sends the security headers and the policy. A second `bulwark()` on the same response replaces the policy of the first. */
export function startResponse(res: ServerResponse, nonce: string, start: ResponseStart): ResponseState {
  const { endpoints, policy, headers } = start;
  const former = stateOf(res);
  if (former) removePolicy(res, former);
  const { writeHead } = res as { writeHead: WriteHead };
  const inherits = former?.inherits ?? writeHead === inheritedPageHead;
  const state: ResponseState = {
    nonce,
    endpoints,
    policy,
    writeHead:
      former?.writeHead ??
      (inherits ? ((nodeHttp as NodeHttp).ServerResponse.prototype.writeHead as WriteHead) : writeHead),
    inherits,
    isPrivate: former?.isPrivate ?? false,
    mayBePrivate: former?.mayBePrivate ?? false,
    cookies: former?.cookies,
    removedType: former?.removedType,
    exchange: former?.exchange,
  };
  keepState(res, state);
  if (!former && !inherits) res.writeHead = writePageHead as ServerResponse['writeHead'];
  setPrepared(res, headers, nonce);
  return state;
}

/** Sends a policy instead of the one before it. */
export function sendPolicy(res: ServerResponse, state: ResponseState, policy: Csp | undefined): void {
  removePolicy(res, state);
  state.policy = policy;
  if (policy) setPrepared(res, preparedPolicy(policy, state.endpoints), state.nonce);
}

function removePolicy(res: ServerResponse, { policy, endpoints }: ResponseState): void {
  if (!policy) return;
  res.removeHeader('Content-Security-Policy');
  res.removeHeader('Content-Security-Policy-Report-Only');
  if (endpoints === undefined) res.removeHeader('Reporting-Endpoints');
  else res.setHeader('Reporting-Endpoints', endpoints);
}

interface Prepared {
  readonly endpoints: string | undefined;
  readonly headers: readonly PreparedHeader[];
}

const prepared = new WeakMap<Csp, Prepared>();

function preparedPolicy(policy: Csp, endpoints: string | undefined): readonly PreparedHeader[] {
  const known = prepared.get(policy);
  if (known?.endpoints === endpoints && known) return known.headers;
  const headers = prepareHeaders([], policy, endpoints);
  prepared.set(policy, { endpoints, headers });
  return headers;
}
