import { keyring } from '../../../lib/secrets/index.ts';
import { sealedSessions } from '../../../lib/session/sealed/index.ts';

const keys = keyring('Zm9yIGEgYmVuY2ggb25seSwgdGhpcyBpcyBubyBzZWNyZXQ=');

export const options = {
  origin: 'https://shop.example.com',
  session: sealedSessions({ keys }),
  csrf: { keys },
};
