import { constants } from 'node:crypto';
import { type ConnectionOptions, createSecureContext, type SecureContext } from 'node:tls';

let secureContext: SecureContext | undefined;

/** Old versions and ciphers too: a site that has nothing better is looked at all the same. */
export function tlsOptions(): Pick<ConnectionOptions, 'rejectUnauthorized' | 'secureContext'> {
  // One for all connections, without the bundled authorities: no certificate is checked, and reading them takes time.
  secureContext ??= createSecureContext({
    ca: [],
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  });
  return { secureContext, rejectUnauthorized: false };
}
