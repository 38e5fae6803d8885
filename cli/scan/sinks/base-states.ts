import type { Linked } from '../callgraph/linked.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Module, ValueId } from '../ir/ir.ts';
import { memoized, memoizedPair } from '../ir/memoized.ts';
import { transitive } from '../ir/query/transitive.ts';
import type { State } from '../models/api.ts';

/**
 * The library classes that a class of the project extends, directly or indirectly. They are given as states of the
 * models' automaton.
 */
export function baseStates({ linked }: FunctionView, owner: number): readonly State[] {
  return statesOfBases(linked, owner);
}

const statesOfBases = memoizedPair((linked: Linked, owner: number): readonly State[] => {
  const { program } = linked;
  const found: State[] = [];
  transitive([owner], maxBases, (id) => {
    const info = program.classes[id];
    if (!info) return [];
    const local = id - (program.firstClass[info.module] as number);
    const first = program.firstFunc[info.module] as number;
    const module = program.modules[info.module];
    for (const { func, bases } of (module && basesIn(module).get(local)) ?? [])
      for (const base of bases) found.push(...linked.states(first + func, base));
    return linked.basesOf(id).filter((base) => typeof base === 'number');
  });
  return found;
});

/** The bound on the classes that are searched. */
const maxBases = 24;

/** Where a class is created, and the values of its bases. */
interface Made {
  readonly func: number;
  readonly bases: readonly ValueId[];
}

/** Where each class of a module is created. The module is searched once: it can have very many classes. */
const basesIn = memoized((module: Module): ReadonlyMap<number, readonly Made[]> => {
  const made = new Map<number, Made[]>();
  module.functions.forEach(({ code }, func) => {
    for (const inst of code) {
      if (inst.op !== 'class') continue;
      const all = made.get(inst.class);
      if (all) all.push({ func, bases: inst.bases });
      else made.set(inst.class, [{ func, bases: inst.bases }]);
    }
  });
  return made;
});
