import { createDispatcher } from 'bulwark/fetch';
import { type Dispatcher, interceptors, request } from 'undici';
import type { FrontEnd } from './front-end.ts';

export const dispatcherRequest: FrontEnd = {
  name: 'createDispatcher, undici.request',
  exchange: false,
  control: false,
  open(policy) {
    const guard = createDispatcher({ hosts: 'public', ...policy });
    const dispatcher = guard.compose(interceptors.redirect({ maxRedirections: 10 }));
    return {
      async send({ url, method = 'GET', headers = {}, body = null }) {
        const response = await request(url, {
          dispatcher,
          method: method as Dispatcher.HttpMethod,
          headers,
          body,
        });
        return { status: response.statusCode, bytes: (await response.body.arrayBuffer()).byteLength };
      },
      close: () => void guard.destroy(),
    };
  },
};
