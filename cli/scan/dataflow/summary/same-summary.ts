import { type Abstract, abstract, isUntainted, unknown, withTaints } from '../domain/abstract.ts';
import type { Kinds } from '../domain/kinds.ts';
import { same } from '../domain/same.ts';
import { opaque, type Taint } from '../domain/taint.ts';
import type { Callback, Proofs, Summary } from '../view/summary.ts';

/** Whether two summaries are equal for all callers. The fixed point is reached when no summary changes. */
export function sameSummary(a: Summary, b: Summary): boolean {
  return (
    (a.returns === undefined) === (b.returns === undefined) &&
    same(a.returns ?? unknown, b.returns ?? unknown) &&
    same(a.throws ?? unknown, b.throws ?? unknown) &&
    a.effects.length === b.effects.length &&
    a.effects.every((effect, i) => same(effect.value, b.effects[i]?.value ?? unknown)) &&
    sameCells(a, b) &&
    sameCallbacks(a.callbacks, b.callbacks) &&
    sameProofs(a.proofs, b.proofs)
  );
}

/** Whether a function writes variables that it does not declare, or calls captured variables. */
export function usesCells(summary: Summary): boolean {
  return summary.cells.length > 0 || callingCells(summary).length > 0;
}

function callingCells({ callbacks }: Summary): readonly Callback[] {
  if (callbacks.length === 0) return callbacks;
  return callbacks.filter(({ cell }) => cell !== undefined);
}

function sameCallbacks(a: readonly Callback[], b: readonly Callback[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ args }, i) => args.every((arg, k) => same(arg, b[i]?.args[k] ?? unknown)))
  );
}

/**
 * Whether two summaries agree on variables that the function does not declare: the values written to them, and the
 * arguments with which they are called.
 */
export function sameCells(a: Summary, b: Summary): boolean {
  return (
    sameCallbacks(callingCells(a), callingCells(b)) &&
    a.cells.length === b.cells.length &&
    a.cells.every((effect, i) => same(effect.value, b.cells[i]?.value ?? unknown))
  );
}

type Outline = Pick<Summary, 'bringsSource' | 'returns'>;

/** The outline of a function that has no summary yet. */
const unknownOutline: Outline = { bringsSource: false, returns: unknown };

/**
 * Whether two summaries are equal for a caller that passes no untrusted data. A missing summary counts as one with an
 * unknown result.
 */
export function sameOutline(a: Outline = unknownOutline, b: Outline = unknownOutline): boolean {
  return (
    a.bringsSource === b.bringsSource &&
    (a.returns === undefined) === (b.returns === undefined) &&
    sameInOutline(a.returns ?? unknown, b.returns ?? unknown)
  );
}

function sameInOutline(a: Abstract, b: Abstract): boolean {
  return same(a, b) || (!(isUntainted(a) && isUntainted(b)) && same(outline(a), outline(b)));
}

/** The returned value, with one opaque taint for all parts of parameters: such a caller does not track them. */
function outline(it: Abstract): Abstract {
  if (isUntainted(it)) return it;
  const kept = it.taints.filter(isInOutline);
  const taints = kept.length < it.taints.length ? [...kept, opaque] : it.taints;
  if (!it.fields && !it.rest) return withTaints(it, taints);
  const fields = it.fields && new Map([...it.fields].map(([name, field]) => [name, outline(field)]));
  const { consts, shape, length, textTemplate: skeleton } = it;
  return abstract(consts, taints, fields, it.rest && outline(it.rest), shape, length, skeleton);
}

function isInOutline({ exact, origin }: Taint): boolean {
  return origin.kind !== 'param' || (exact && origin.path.length === 0);
}

export function sameProofs(a: Proofs, b: Proofs): boolean {
  if (a === b) return true;
  return (
    sameKinds(a.normal, b.normal) &&
    sameKinds(a.truthy, b.truthy) &&
    sameKinds(a.falsy, b.falsy) &&
    sameKinds(a.going, b.going)
  );
}

function sameKinds(a: ReadonlyMap<string, Kinds>, b: ReadonlyMap<string, Kinds>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, kinds] of a) if (b.get(key) !== kinds) return false;
  return true;
}
