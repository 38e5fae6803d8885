import { type Abstract, deepTaints, unknown } from '../../dataflow/domain/abstract.ts';
import { allKinds, type Kinds, kinds } from '../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';

/** For which a name may be harmful that was found in an object of JavaScript by `in` or by reading it. */
const inheritedKinds: Kinds = kinds('prototype', 'reflection', 'mass-assignment');

/** In JavaScript a name may be found as objects inherit it: `constructor` is in all of them. */
export function foundKinds(frame: FunctionView): Kinds {
  return frame.language.namesMayBeInherited ? allKinds.without(inheritedKinds) : allKinds;
}

/** Whether a value is the application's own, with nothing of others in it. */
export function isOwn(value: Abstract | undefined): boolean {
  if (!value) return true;
  const taints = deepTaints(value);
  return taints.length === 0 || (value !== unknown && taints.every((taint) => taint.clean === allKinds));
}

/** A list that callers pass counts as their own: who lets others say what is allowed has no check at all. */
export function isOwnCollection(value: Abstract | undefined): boolean {
  if (!value) return true;
  return deepTaints(value).every(
    (taint) => taint.clean === allKinds || taint.origin.kind !== 'source' || taint.origin.source === 'stored',
  );
}
