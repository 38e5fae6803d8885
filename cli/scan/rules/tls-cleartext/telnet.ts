import type { Found } from './found.ts';
import { isNear, isPrivate } from './near.ts';

/**
 * Finds Telnet connections. A host in a private network counts too: its switches and routers often use Telnet, and their
 * passwords matter just as much.
 */
export function plainTelnet(host: string | undefined): Found | undefined {
  const isInside = isPrivate(host);
  if (isNear(host) && !isInside) return undefined;
  return {
    message: 'Telnet sends everything in clear text, including passwords.',
    confidence: isInside ? 'medium' : 'high',
  };
}
