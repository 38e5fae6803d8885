import type { ServerResponse } from 'node:http';
import type { Csp } from '../csp/csp.ts';
import { shared } from '../internal/shared.ts';

/** What `bulwark()` sent with a response, so that a route can change it. */
export interface ResponseState {
  readonly nonce: string;
  /** The application's own `Reporting-Endpoints`, to which the policy adds its own. */
  readonly endpoints: string | undefined;
  readonly policy: Csp | undefined;
}

const states = (): WeakMap<ServerResponse, ResponseState> =>
  shared('express:responses', () => new WeakMap<ServerResponse, ResponseState>());

export function stateOf(res: ServerResponse): ResponseState | undefined {
  return states().get(res);
}

/** Sends the policy of `state` instead of the one before it. */
export function sendPolicy(res: ServerResponse, state: ResponseState): void {
  if (stateOf(res)?.policy) {
    res.removeHeader('Content-Security-Policy');
    res.removeHeader('Content-Security-Policy-Report-Only');
    if (state.endpoints === undefined) res.removeHeader('Reporting-Endpoints');
    else res.setHeader('Reporting-Endpoints', state.endpoints);
  }
  states().set(res, state);
  if (!state.policy) return;
  for (const [name, value] of state.policy.headers(state.nonce)) {
    const joined = name === 'Reporting-Endpoints' && state.endpoints !== undefined;
    res.setHeader(name, joined ? `${state.endpoints}, ${value}` : value);
  }
}
