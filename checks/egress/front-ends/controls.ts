import http from 'node:http';
import https from 'node:https';
import { useAgent } from 'request-filtering-agent';
import { nodeFetchWith } from './agents-node-fetch.ts';
import { fetchClient } from './fetch-client.ts';
import type { FrontEnd } from './front-end.ts';
import { httpClient } from './http-client.ts';

/** No guard at all: an attack that does not reach its prize here proves nothing elsewhere. */
export const unguardedFetch: FrontEnd = {
  name: 'nothing, built-in fetch',
  exchange: true,
  control: true,
  open: () => fetchClient(fetch),
};

export const unguardedHttp: FrontEnd = {
  name: 'nothing, node:http',
  exchange: false,
  control: true,
  open: () => httpClient({ http: http.globalAgent, https: https.globalAgent }),
};

/** The best guard of others, and it has no names, no ports and no exceptions by name. */
export const requestFilteringAgent: FrontEnd = {
  name: 'request-filtering-agent, node-fetch',
  exchange: false,
  control: true,
  onlyDefaults: true,
  open: () => fetchClient(nodeFetchWith((url) => useAgent(url.href))),
};
