import { randomBytes } from 'node:crypto';
import type { NextOptions } from 'bulwark/next';
import { keyring } from 'bulwark/secrets';
import { memoryStore, sessions } from 'bulwark/session';
import { once } from './once';

export const session = once('session', () =>
  sessions<object>({ store: memoryStore(), allowMemoryInProduction: true }),
);
export const keys = once('keys', () =>
  keyring(process.env['APP_SECRET'] ?? randomBytes(32).toString('base64')),
);
export const options: NextOptions = { session, csrf: { keys } };

declare module 'bulwark/session' {
  interface Register {
    session: typeof session;
  }
}
