import type { Found } from './found.ts';
import { isNear, isPrivate } from './near.ts';

/** Telnet. Switches and routers in private networks speak it, where their passwords matter just as much. */
export function plainTelnet(host: string | undefined): Found | undefined {
  const isInside = isPrivate(host);
  if (isNear(host) && !isInside) return undefined;
  return {
    message: 'Telnet sends everything in clear text, including passwords.',
    confidence: isInside ? 'medium' : 'high',
  };
}
