import { createAgents } from 'bulwark/fetch';
import type { FrontEnd } from './front-end.ts';
import { httpClient } from './http-client.ts';

export const agentsHttp: FrontEnd = {
  name: 'createAgents, node:http',
  exchange: false,
  control: false,
  open(policy) {
    const agents = createAgents({ hosts: 'public', ...policy });
    return httpClient(agents, () => {
      agents.http.destroy();
      agents.https.destroy();
    });
  },
};
