import type { Found } from './found.ts';
import { isNear, isPrivate } from './near.ts';

/** Telnet is what switches and routers of a private network speak: their passwords are worth as much there. */
export function plainTelnet(host: string | undefined): Found | undefined {
  const isInside = isPrivate(host);
  if (isNear(host) && !isInside) return undefined;
  return {
    message: 'Telnet sends everything in clear text, including passwords.',
    confidence: isInside ? 'medium' : 'high',
  };
}
