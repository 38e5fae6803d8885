import { createFetch } from 'bulwark/fetch';
import { fetchClient } from './fetch-client.ts';
import type { FrontEnd } from './front-end.ts';

export const guardedFetch: FrontEnd = {
  name: 'createFetch',
  exchange: true,
  control: false,
  open: (policy) => fetchClient(createFetch({ hosts: 'public', ...policy })),
};
