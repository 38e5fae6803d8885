import { keyring } from '../../../lib/secrets/index.ts';
import { memoryStore, sessions } from '../../../lib/session/index.ts';
import { sealedSessions } from '../../../lib/session/sealed/index.ts';
import type { SessionLoader } from '../../../lib/session/sessions.ts';
import { type Level, origin, partner, secret } from './site.ts';

export type Options = any;

export const headersOnly = { trustedProxies: 1 } as const;

/** With the guards that the usual sets stand beside. */
export function guarded(level: Exclude<Level, 'headers'>): {
  readonly options: Options;
  readonly session: SessionLoader<{ theme: string; cart: readonly string[]; seen: number }>;
} {
  const keys = keyring(secret);
  const session =
    level === 'sealed'
      ? sealedSessions<{ theme: string; cart: readonly string[]; seen: number }>({ keys })
      : sessions<{ theme: string; cart: readonly string[]; seen: number }>({
          store: memoryStore(),
          allowMemoryInProduction: true,
        });
  const cors = { origins: [partner], allowCredentials: true };
  return { session, options: { ...headersOnly, origin, session, csrf: { keys }, cors } };
}
