import { createAgents } from 'bulwark/fetch';
import nodeFetch from 'node-fetch';
import { fetchClient } from './fetch-client.ts';
import type { FrontEnd } from './front-end.ts';

export const agentsNodeFetch: FrontEnd = {
  name: 'createAgents, node-fetch',
  exchange: false,
  control: false,
  ownFaults: {
    'redirect: at the end of userinfo':
      'node-fetch 3.3.2 throws where nobody can catch it when a Location holds userinfo, before anything is dialled',
  },
  open(policy) {
    const agents = createAgents({ hosts: 'public', ...policy });
    return fetchClient(
      nodeFetchWith((url) => (url.protocol === 'https:' ? agents.https : agents.http)),
      () => {
        agents.http.destroy();
        agents.https.destroy();
      },
    );
  },
};

type Agent = Exclude<NonNullable<Parameters<typeof nodeFetch>[1]>['agent'], undefined>;

/** The types of node-fetch are its own, though it is called like any fetch. */
export function nodeFetchWith(agent: Agent): (url: string, init: RequestInit) => Promise<Response> {
  return (url, init) =>
    nodeFetch(url, { ...(init as object), agent, follow: 10 }) as unknown as Promise<Response>;
}
