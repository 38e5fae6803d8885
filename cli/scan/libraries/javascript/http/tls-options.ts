/** Flags of OpenSSL that `secureOptions` takes: node:crypto and node:constants of Node 20 to 24. */
import type { Models } from '../../../models/model.ts';

const flag = 'Member[SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION]';

export const tlsOptions: Models = {
  language: 'javascript',
  types: [
    ['use.UnsafeRenegotiation', 'crypto', `Member[constants].${flag}`],
    ['use.UnsafeRenegotiation', 'constants', flag],
  ],
};
