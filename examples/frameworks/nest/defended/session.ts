import { randomBytes } from 'node:crypto';
import { keyring } from 'bulwark/secrets';
import { memoryStore, sessions } from 'bulwark/session';

export const session = sessions<object>({ store: memoryStore() });
export const keys = keyring(process.env['APP_SECRET'] ?? randomBytes(32).toString('base64'));

declare module 'bulwark/session' {
  interface Register {
    session: typeof session;
  }
}
