import type { Linked } from '../callgraph/linked.ts';
import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Module, ValueId } from '../ir/ir.ts';
import type { State } from '../models/api.ts';

/** The model states of the library classes that a class of the project extends, directly or indirectly. */
export function baseStates(frame: FunctionView, owner: number): readonly State[] {
  const { program } = frame.linked;
  let all = knownBases.get(frame.linked);
  if (!all) {
    all = new Map();
    knownBases.set(frame.linked, all);
  }
  const known = all.get(owner);
  if (known) return known;
  const found: State[] = [];
  all.set(owner, found);
  const seen = new Set<number>([owner]);
  for (const id of seen) {
    if (seen.size > 24) break;
    const info = program.classes[id];
    if (!info) continue;
    const local = id - (program.firstClass[info.module] as number);
    const first = program.firstFunc[info.module] as number;
    const module = program.modules[info.module];
    for (const { func, bases } of (module && basesIn(module).get(local)) ?? [])
      for (const base of bases) found.push(...frame.linked.states(first + func, base));
    for (const base of frame.linked.basesOf(id)) if (typeof base === 'number') seen.add(base);
  }
  return found;
}

/** Where a class is created, and the values of its bases. */
interface Made {
  readonly func: number;
  readonly bases: readonly ValueId[];
}

/** Where each class of a module is created. The module is searched once: it can have very many classes. */
function basesIn(module: Module): ReadonlyMap<number, readonly Made[]> {
  const known = madeIn.get(module);
  if (known) return known;
  const made = new Map<number, Made[]>();
  module.functions.forEach(({ code }, func) => {
    for (const inst of code) {
      if (inst.op !== 'class') continue;
      const all = made.get(inst.class);
      if (all) all.push({ func, bases: inst.bases });
      else made.set(inst.class, [{ func, bases: inst.bases }]);
    }
  });
  madeIn.set(module, made);
  return made;
}

const madeIn = new WeakMap<Module, ReadonlyMap<number, readonly Made[]>>();
const knownBases = new WeakMap<Linked, Map<number, readonly State[]>>();
