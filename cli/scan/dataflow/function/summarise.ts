import { type Abstract, cleaned, hasTaints, holdsSource } from '../domain/abstract.ts';
import { load, store } from '../domain/entries.ts';
import { limited } from '../domain/extent.ts';
import type { FunctionView } from '../view/function-view.ts';
import type { Return } from '../view/outcome.ts';
import type { Effect, Proofs, Summary } from '../view/summary.ts';
import { noProofs, paramOf, returnProofs } from './proofs.ts';

/** Makes the summary of a function from the outcome of its finished analysis. */
export function summarise(frame: FunctionView): Summary {
  const { effects, cellEffects, callbacks, returns } = frame.outcome;
  const proofs = frame.isConstantPass ? noProofs : returnProofs(frame, returns);
  const returned = frame.outcome.returned && withProven(frame, frame.outcome.returned, returns, proofs);
  const throws = frame.catches ? undefined : frame.thrown;
  const isInert =
    effects.size + callbacks.length + cellEffects.size === 0 &&
    !(returned && hasTaints(returned)) &&
    !(throws && hasTaints(throws));
  const stored: readonly Effect[] = effects.size === 0 ? none : [...effects.values()];
  return {
    isInert,
    returns: returned && limited(returned),
    effects: stored,
    cells: cellEffects.size === 0 ? none : [...cellEffects.values()],
    callbacks,
    proofs,
    throws: throws && limited(throws),
    bringsSource:
      (throws !== undefined && holdsSource(throws)) ||
      (returned !== undefined && holdsSource(returned)) ||
      callbacks.some(({ args }) => args.some(holdsSource)) ||
      stored.some(({ value }) => holdsSource(value)),
  };
}

const none: readonly never[] = [];

/** The returned value. If all returns return the same parameter, its fields are sanitised by what was proven about them. */
function withProven(
  frame: FunctionView,
  returned: Abstract,
  returns: readonly Return[],
  { normal }: Proofs,
): Abstract {
  if (normal.size === 0) return returned;
  const { func, valueNumbers: canonical } = frame;
  const same = new Set(returns.map(({ value }) => canonical[value]));
  const [only] = same;
  const param = only === undefined ? undefined : paramOf(func, only);
  if (same.size !== 1 || param === undefined) return returned;
  let all = returned;
  for (const [key, clean] of normal) {
    const [index, name] = key.split('.');
    if (Number(index) === param && name !== undefined)
      all = store(all, name, cleaned(load(returned, name), clean));
  }
  return all;
}
