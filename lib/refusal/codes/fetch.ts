export interface FetchDetail {
  'fetch/private-address': { host: string; address: string; rule: string };
}

export const fetchCodes = {
  /**
   * The name, or the literal in the URL, leads to an address that is not on the public internet: loopback, a private
   * network, link-local, or one of the ranges that embed such an address.
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * const fetch = createFetch({ hosts: 'public' });
   * await fetch('http://127.0.0.1:6379/'); // Refusal fetch/private-address
   * ```
   *
   * A private destination that you do mean is named with its range and port:
   *
   * ```ts
   * import { createFetch } from 'bulwark/fetch';
   *
   * createFetch({ hosts: 'public', allowPrivate: [{ host: 'wiki.internal', cidr: '10.2.0.0/16', ports: [443] }] });
   * ```
   */
  'fetch/private-address': {
    kind: 'refusal',
    status: 400,
    severity: 'high',
    cwe: 918,
    owasp: 'A01:2025',
    reportable: true,
    message: 'An outbound request was refused, because its destination is not a public address.',
    hint: 'If this destination is meant, name it under `allowPrivate` with its host, range and port.',
  },
} as const;
