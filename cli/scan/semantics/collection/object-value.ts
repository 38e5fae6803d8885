import { maxScalarEntries } from '../../budgets/semantics.ts';
import { type Abstract, derived, withTaints } from '../../dataflow/domain/abstract.ts';
import { element, load, object, store, storeSomewhere } from '../../dataflow/domain/entries.ts';
import { join } from '../../dataflow/domain/join.ts';
import { shaping } from '../../dataflow/domain/shaping.ts';
import { joinTaints } from '../../dataflow/domain/taint.ts';
import { memberNames } from '../../dataflow/query/member-names.ts';
import type { FunctionView } from '../../dataflow/view/function-view.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';

/** The value of an object literal. */
export function objectValue(frame: FunctionView, inst: Inst & { op: 'object' }): Abstract {
  // A fast path: the entries before the first one that is nested, computed or spread.
  const first = new Map<string, Abstract>();
  let at = 0;
  for (; at < inst.keys.length && at < maxScalarEntries; at++) {
    const key = inst.keys[at];
    const value = typeof key === 'string' ? frame.use(inst.values[at] as ValueId) : undefined;
    if (typeof key !== 'string' || !value || value.fields || value.rest) break;
    first.set(key, value);
  }
  let made = object(first);
  for (; at < inst.keys.length; at++) made = withEntry(frame, made, inst, at);
  return made;
}

function withEntry(
  frame: FunctionView,
  made: Abstract,
  inst: Inst & { op: 'object' },
  place: number,
): Abstract {
  const key = inst.keys[place] ?? null;
  const value = frame.use(inst.values[place] as ValueId);
  if (key === null) return spread(made, value);
  const names = typeof key === 'string' ? [key] : memberNames(frame, key);
  return names.length === 0
    ? shapedBy(frame, storeSomewhere(made, value), key as ValueId)
    : names.reduce((it, name) => store(it, name, value), made);
}

/** Spreads a value into an object: `{ ...value }`. Copies the known entries, and keeps the taints for the unknown ones. */
export function spread(into: Abstract, value: Abstract): Abstract {
  let made = into;
  if (value.taints.length > 0 || value.rest) {
    for (const [name, field] of into.fields ?? []) {
      if (!value.fields?.has(name)) made = store(made, name, join(field, load(value, name)));
    }
  }
  for (const [name, field] of value.fields ?? []) made = store(made, name, field);
  if (!value.rest && value.taints.length === 0) return made;
  // If a parameter is spread, its taints resolve each entry by name later.
  const isNamed = value.taints.every(({ exact, origin }) => exact && origin.kind !== 'source');
  const others = value.rest ?? (isNamed ? undefined : element({ ...value, fields: undefined }));
  // Entries of an earlier spread survive only if the new ones cannot replace them.
  return {
    ...made,
    rest: made.rest && others ? join(made.rest, others) : (others ?? made.rest),
    taints: joinTaints(made.taints, value.taints),
  };
}

/**
 * Returns the object `made` after an entry with a computed key was added. If the key is tainted, the object gets the
 * key's taints: a client then chooses which fields exist, which matters if the object is a database record or filter.
 */
export function shapedBy(frame: FunctionView, made: Abstract, key: ValueId): Abstract {
  const { taints } = frame.use(key);
  if (taints.length === 0) return made;
  return withTaints(made, joinTaints(made.taints, shaping(derived(taints))));
}
