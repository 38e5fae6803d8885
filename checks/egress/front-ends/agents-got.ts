import { createAgents } from 'bulwark/fetch';
import { got, type Method } from 'got';
import type { FrontEnd } from './front-end.ts';

export const agentsGot: FrontEnd = {
  name: 'createAgents, got',
  exchange: false,
  control: false,
  open(policy) {
    const agents = createAgents({ hosts: 'public', ...policy });
    return {
      async send({ url, method = 'GET', headers, body }) {
        const response = await got(url, {
          agent: agents,
          method: method as Method,
          headers: { ...headers },
          ...(body === undefined ? {} : { body }),
          maxRedirects: 10,
          retry: { limit: 0 },
          throwHttpErrors: false,
          responseType: 'buffer',
        });
        return { status: response.statusCode, bytes: response.body.byteLength };
      },
      close() {
        agents.http.destroy();
        agents.https.destroy();
      },
    };
  },
};
