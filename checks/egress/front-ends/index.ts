import { agentsAxios } from './agents-axios.ts';
import { agentsGot } from './agents-got.ts';
import { agentsHttp } from './agents-http.ts';
import { agentsNodeFetch } from './agents-node-fetch.ts';
import { requestFilteringAgent, unguardedFetch, unguardedHttp } from './controls.ts';
import { dispatcherFetch } from './dispatcher-fetch.ts';
import { dispatcherRequest } from './dispatcher-request.ts';
import type { FrontEnd } from './front-end.ts';
import { gatewayHttp } from './gateway-http.ts';
import { gatewayTunnels } from './gateway-tunnels.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { preloadFetch, preloadHttp } from './preload.ts';

/** Every way out that is tried, ours and, for comparison, others. */
export const frontEnds: readonly FrontEnd[] = Object.freeze([
  guardedFetch,
  dispatcherRequest,
  dispatcherFetch,
  agentsHttp,
  agentsAxios,
  agentsGot,
  agentsNodeFetch,
  gatewayHttp,
  gatewayTunnels,
  preloadFetch,
  preloadHttp,
  unguardedFetch,
  unguardedHttp,
  requestFilteringAgent,
]);
