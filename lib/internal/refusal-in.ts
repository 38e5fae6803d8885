import { isRefusal } from '../refusal/is-refusal.ts';
import type { Refusal } from '../refusal/refusal.ts';

/** Clients wrap an error once or twice, and try some addresses; what holds more is somebody's loop. */
const most = 64;

/** The refusals that an error is, that it was caused by, and that it gathers (`AggregateError`). */
export function refusalsIn(error: unknown): readonly Refusal[] {
  const found: Refusal[] = [];
  const open: unknown[] = [error];
  for (const at of open) {
    if (open.length > most) break;
    if (typeof at !== 'object' || at === null) continue;
    if (isRefusal(at)) found.push(at);
    const { cause, errors } = at as { cause?: unknown; errors?: unknown };
    open.push(cause, ...(Array.isArray(errors) ? errors.slice(0, most) : []));
  }
  return found;
}

export function refusalIn(error: unknown): Refusal | undefined {
  return refusalsIn(error)[0];
}
