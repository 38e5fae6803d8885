import { fetch, ProxyAgent, type RequestInit as UndiciInit } from 'undici';
import { fetchClient } from './fetch-client.ts';
import type { FrontEnd } from './front-end.ts';
import { gatewayFor } from './gateway-per-policy.ts';

/** undici opens a tunnel for http as well. */
export const gatewayTunnels: FrontEnd = {
  name: 'gateway, undici ProxyAgent',
  exchange: false,
  control: false,
  long: true,
  async open(policy) {
    const { port } = await gatewayFor(policy);
    const dispatcher = new ProxyAgent(`http://127.0.0.1:${port}`);
    return fetchClient(
      (url, init) => fetch(url, { ...(init as UndiciInit), dispatcher }) as unknown as Promise<Response>,
      () => void dispatcher.destroy(),
    );
  },
};
