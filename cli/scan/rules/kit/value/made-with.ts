import type { Linked } from '../../../callgraph/linked.ts';
import { fieldStores } from '../../../callgraph/query/field-stores.ts';
import { callsOf, cellStores, instOf, madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import { behindOf } from '../../../dataflow/query/trace-value.ts';
import type { Call, Inst, ValueId } from '../../../ir/ir.ts';
import { memoizedPair } from '../../../ir/memoized.ts';
import { usersOf } from '../../../ir/query/users.ts';
import type { Use } from '../use.ts';

/** The call that made a value, and its place. */
export interface Maker {
  readonly func: number;
  readonly value: ValueId;
  readonly call: Inst & Call;
}

const maxSteps = 24;

/** The calls that may have made a value. Traces it back through variables, fields, results of project functions and callers. */
export function makersOf(use: Use, value: ValueId): readonly Maker[] {
  const { linked, id } = use.frame;
  const found: Maker[] = [];
  const seen = new Set<string>();
  const queue: Place[] = [{ func: id, value }];
  for (let at = queue.shift(); at && seen.size < maxSteps; at = queue.shift()) {
    const place = madeBy(linked, at);
    const key = `${place.func} ${place.value}`;
    const inst = instOf(linked, place);
    if (!inst || seen.has(key)) continue;
    seen.add(key);
    if (inst.op === 'call') {
      const inner = returned(linked, place);
      if (inner.length === 0) found.push({ ...place, call: inst });
      queue.push(...inner.slice(0, maxSteps));
      continue;
    }
    queue.push(...before(linked, place, inst).slice(0, maxSteps));
  }
  return found;
}

function returned(linked: Linked, place: Place): Place[] {
  return linked.targets(place.func, place.value).flatMap(({ func, makes }) => {
    const target = makes >= 0 ? undefined : linked.program.functions[func]?.func;
    return target ? [...usersOf(target).returned].map((value) => ({ func, value })) : [];
  });
}

function before(linked: Linked, { func }: Place, inst: Inst): readonly Place[] {
  const behind = behindOf(inst);
  if (behind !== undefined) return [{ func, value: behind }];
  if (inst.op === 'phi') return inst.inputs.map((input) => ({ func, value: input }));
  if (inst.op === 'param') {
    return callsOf(linked, func)
      .slice(0, 6)
      .flatMap((call) => {
        const outer = instOf(linked, call);
        const arg = outer?.op === 'call' ? outer.args[inst.index] : undefined;
        return arg === undefined ? [] : [{ func: call.func, value: arg }];
      });
  }
  if (inst.op !== 'member') return inst.op === 'cell-load' ? stored(linked, func, inst.cell) : [];
  return fieldStores(linked, func, inst.name);
}

/** The values that are assigned to a shared variable. Those that method calls write back are left out. */
function stored(linked: Linked, func: number, local: number): readonly Place[] {
  const cell = (linked.program.firstCell[linked.program.functions[func]?.module ?? 0] ?? 0) + local;
  return assignedTo(linked, cell);
}

const assignedTo = memoizedPair((linked: Linked, cell: number): readonly Place[] =>
  (cellStores(linked).get(cell) ?? []).filter((store) => instOf(linked, store)?.op !== 'effect'),
);
