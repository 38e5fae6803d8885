import { isRefusal } from '../refusal/is-refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';

/** Clients wrap an error once or twice; a chain that is longer is somebody's loop. */
const deepest = 8;

/** The refusal that an error is, or that it was caused by. */
export function refusalIn(error: unknown): Refusal | undefined {
  let at = error;
  for (let depth = 0; depth < deepest && typeof at === 'object' && at !== null; depth++) {
    if (isRefusal(at)) return at;
    at = (at as { cause?: unknown }).cause;
  }
  return undefined;
}
