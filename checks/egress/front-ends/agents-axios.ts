import axios from 'axios';
import { createAgents } from 'bulwark/fetch';
import type { FrontEnd } from './front-end.ts';

export const agentsAxios: FrontEnd = {
  name: 'createAgents, axios',
  exchange: false,
  control: false,
  open(policy) {
    const agents = createAgents({ hosts: 'public', ...policy });
    const client = axios.create({
      httpAgent: agents.http,
      httpsAgent: agents.https,
      maxRedirects: 10,
      responseType: 'arraybuffer',
      validateStatus: () => true,
    });
    return {
      async send({ url, method = 'GET', headers = {}, body }) {
        const response = await client.request<Buffer>({ url, method, headers, data: body });
        return { status: response.status, bytes: response.data.byteLength };
      },
      close() {
        agents.http.destroy();
        agents.https.destroy();
      },
    };
  },
};
