import type { Linked } from '../callgraph/linked.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { ValueId } from '../ir/ir.ts';
import { memoized } from '../ir/memoized.ts';
import { checksFields } from './checked-types.ts';
import { isValidating } from './validated.ts';

/**
 * Returns the classes that an object may be an instance of, if at least one of them restricts its fields, as a model or a
 * database record does. Empty otherwise. Runs for each member read, so it must be fast where the program has no such class.
 */
export function declaringOwners({ linked, id }: FunctionView, object: ValueId): readonly number[] {
  const all = declaringClasses(linked);
  if (all.size === 0) return none;
  const owners = linked.instances(id, object);
  for (const owner of owners) if (all.has(owner)) return owners;
  return none;
}

const declaringClasses = memoized((linked: Linked): ReadonlySet<number> => {
  const isAny = isValidating(linked);
  const all = new Set<number>();
  for (const owner of linked.program.classes.keys()) if (isAny || checksFields(linked, owner)) all.add(owner);
  return all;
});

const none: readonly number[] = [];
