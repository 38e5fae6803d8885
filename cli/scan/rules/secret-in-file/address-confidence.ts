import type { Confidence } from '../../../finding/finding.ts';
import type { Surroundings } from './surroundings.ts';

/** Whether a password is a short word, as is typical for local containers. */
export function isWeakPassword(password: string): boolean {
  return /^[a-z]{0,12}\d{0,4}$/i.test(password);
}

/** How certain it is that the password in a URL gives access to something. */
export function addressConfidence(host: string, password: string, around: Surroundings): Confidence {
  // A name without a dot is that of a container in the same network.
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
