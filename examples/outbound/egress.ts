import type { FetchOptions } from 'bulwark/fetch';

/** What depends on the network that a module runs in, and not on what it does. It is handed to `createFetch` as it is. */
export type Egress = Pick<FetchOptions, 'allowPrivate' | 'nat64' | 'proxy' | 'onDecision'>;
