import { deepTaints, holdsSource, unknown } from './abstract.ts';
import { limited } from './extent.ts';
import type { Frame } from './frame.ts';
import { noProofs, type Return, returnProofs } from './proofs.ts';
import type { Summary } from './summary.ts';

/** What callers need to know of a function, once it was looked at. */
export function summarise(frame: Frame, returns: readonly Return[]): Summary {
  const { returned, effects, cellEffects, callbacks } = frame;
  const throws = frame.catches ? undefined : frame.thrown;
  const isInert =
    effects.size + callbacks.length + cellEffects.size === 0 &&
    deepTaints(returned ?? unknown).length + deepTaints(throws ?? unknown).length === 0;
  return {
    isInert,
    returns: returned && limited(returned),
    effects: [...effects.values()],
    cells: [...cellEffects].map(([cell, value]) => ({ cell, value })),
    callbacks,
    proofs: frame.isPlain ? noProofs : returnProofs(frame, returns),
    throws: throws && limited(throws),
    bringsSource:
      (throws !== undefined && holdsSource(throws)) ||
      (returned !== undefined && holdsSource(returned)) ||
      callbacks.some(({ args }) => args.some(holdsSource)) ||
      [...effects.values()].some(({ value }) => holdsSource(value)),
  };
}
