import type { Confidence } from '../../../finding/finding.ts';
import type { Surroundings } from './surroundings.ts';

/** A short word for a password is one of those that a container beside the program has. */
export function isWeakPassword(password: string): boolean {
  return /^[a-z]{0,12}\d{0,4}$/i.test(password);
}

/** How sure it is that a password that stands in an address lets somebody in. */
export function addressConfidence(host: string, password: string, around: Surroundings): Confidence {
  // A name without a dot is that of a container beside it.
  const isAlone = !host.includes('.');
  const isNear = isAlone || /\.(?:local|internal|localhost|svc)$|^(?:10|192\.168|172)\./.test(host);
  const isWeak = isWeakPassword(password);
  const isQuiet =
    around.isTest ||
    around.isOfTests ||
    around.isTemplate ||
    around.isDevelopment ||
    around.isContainers ||
    around.isOfRun;
  if (isQuiet || isAlone || (isNear && isWeak)) return 'low';
  return isWeak ? 'medium' : 'high';
}
