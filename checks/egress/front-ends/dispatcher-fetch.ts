import { createDispatcher } from 'bulwark/fetch';
import { fetchClient } from './fetch-client.ts';
import type { FrontEnd } from './front-end.ts';

export const dispatcherFetch: FrontEnd = {
  name: 'createDispatcher, built-in fetch',
  exchange: false,
  control: false,
  open(policy) {
    const dispatcher = createDispatcher({ hosts: 'public', ...policy });
    // The types of undici and of Node's fetch are those of two versions.
    const init = { dispatcher } as unknown as RequestInit;
    return fetchClient(
      (url, given) => fetch(url, { ...given, ...init }),
      () => void dispatcher.destroy(),
    );
  },
};
