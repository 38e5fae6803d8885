import { type Abstract, deepTaints, unknown } from '../../dataflow/domain/abstract.ts';
import { allKinds, type Kinds, kinds } from '../../dataflow/domain/kinds.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';

/** Kinds for which a key may still be harmful after `in` or a read found it in a JavaScript object. */
const inheritedKinds: Kinds = kinds('prototype', 'reflection', 'mass-assignment');

/**
 * The sink kinds that a key is sanitised for once a lookup has found it in a collection. In Python, these are all
 * kinds. In JavaScript, the key may be an inherited property such as `constructor`, so the kinds where that is harmful
 * are left out.
 */
export function foundKinds(frame: FunctionView): Kinds {
  return frame.language.namesMayBeInherited ? allKinds.without(inheritedKinds) : allKinds;
}

/** Whether a value holds no untrusted data: it has no taints, or only taints that are sanitised for all sink kinds. */
export function isOwn(value: Abstract | undefined): boolean {
  if (!value) return true;
  const taints = deepTaints(value);
  return taints.length === 0 || (value !== unknown && taints.every((taint) => taint.clean === allKinds));
}

/**
 * Whether a collection may serve as an allowlist, since it holds no untrusted data. Stored data counts as trusted here, and
 * so do the function's parameters: a caller rarely passes an untrusted allowlist.
 */
export function isOwnCollection(value: Abstract | undefined): boolean {
  if (!value) return true;
  return deepTaints(value).every(
    (taint) => taint.clean === allKinds || taint.origin.kind !== 'source' || taint.origin.source === 'stored',
  );
}
