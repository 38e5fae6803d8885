import { keyring } from '../../../lib/secrets/index.ts';
import { memoryStore, sessions } from '../../../lib/session/index.ts';
import { sealedSessions } from '../../../lib/session/sealed/index.ts';
import type { SessionLoader } from '../../../lib/session/sessions.ts';
import { type Level, origin, partner, secret, type Visit } from './site.ts';

export const headersOnly = { trustedProxies: 1 } as const;

/** With the guards that match the usual sets. */
export function guarded(level: Exclude<Level, 'headers'>) {
  const keys = keyring(secret);
  const session: SessionLoader<Visit> =
    level === 'sealed'
      ? sealedSessions<Visit>({ keys })
      : sessions<Visit>({ store: memoryStore(), allowMemoryInProduction: true });
  const cors = { origins: [partner], allowCredentials: true };
  return { session, options: { ...headersOnly, origin, session, csrf: { keys }, cors } };
}
