import { maxOriginSteps, maxWrittenBackCalls } from '../../budgets/callgraph.ts';
import type { Func, Inst, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { exportedValue } from '../exported-value.ts';
import type { Linked } from '../linked.ts';

/** A value somewhere in the program. */
export interface Place {
  readonly func: number;
  readonly value: ValueId;
}

/**
 * Where a value was made. Follows imports, awaits, type annotations and variables that are written once. Does not go back
 * past a method call on the value.
 */
export function madeBy(linked: Linked, place: Place): Place {
  let at = place;
  for (let hop = 0; hop < maxOriginSteps; hop++) {
    const before = madeOf(linked, at);
    if (!before) break;
    at = before;
  }
  return at;
}

/** One step back. Undefined if this instruction made the value. */
function madeOf(linked: Linked, { func, value }: Place): Place | undefined {
  const info = linked.program.functions[func];
  const inst = info?.func.code[value];
  switch (inst?.op) {
    case 'typed':
    case 'await':
      return { func, value: inst.value };
    case 'import':
      return (
        exportedValue(linked, func, inst.specifier, inst.name) ??
        onlyStore(linked, linked.cellOfImport(info?.module ?? 0, inst.specifier, inst.name))
      );
    // `import * as options`, then `options.cors`.
    case 'member': {
      const object = info?.func.code[inst.object];
      return object?.op === 'import' && object.name === '*'
        ? exportedValue(linked, func, object.specifier, inst.name)
        : undefined;
    }
    case 'cell-load':
      return onlyStore(linked, (linked.program.firstCell[info?.module ?? 0] ?? 0) + inst.cell);
    default:
      return undefined;
  }
}

/** The value of a shared variable that is assigned in one place. */
function onlyStore(linked: Linked, cell: number | undefined): Place | undefined {
  const stores = cell === undefined ? undefined : cellStores(linked).get(cell);
  return stores?.length === 1 ? stores[0] : undefined;
}

export function instOf(linked: Linked, { func, value }: Place): Inst | undefined {
  return linked.program.functions[func]?.func.code[value];
}

/** The values that are assigned to each of the program's shared variables, by the variable's global number. */
export const cellStores: (linked: Linked) => ReadonlyMap<number, readonly Place[]> = memoized((linked) => {
  const all = new Map<number, Place[]>();
  linked.program.instructions.each('cell-store', (inst, { id, module, func }) => {
    if (isReadAgain(func, inst.cell, inst.value)) return;
    const cell = (linked.program.firstCell[module] ?? 0) + inst.cell;
    const list = all.get(cell);
    if (list) list.push({ func: id, value: inst.value });
    else all.set(cell, [{ func: id, value: inst.value }]);
  });
  return all;
});

/** Methods of lists, sets and strings that do not mutate them, whatever their callbacks do. */
const reading =
  /^(some|every|find|findIndex|findLast|filter|map|flatMap|forEach|reduce|includes|indexOf|lastIndexOf|join|slice|concat|at|has|keys|values|entries)$/;

/** Whether a store writes a variable back unchanged, after calls that only read it: `HOSTS.some(isAllowed)`. */
function isReadAgain({ code }: Func, cell: number, value: ValueId): boolean {
  let at = code[value];
  for (let read = 0; read < maxWrittenBackCalls && at?.op === 'effect'; read++) {
    const call = code[at.call];
    const callee = call?.op === 'call' ? code[call.callee] : undefined;
    if (callee?.op !== 'member' || callee.object !== at.value || !reading.test(callee.name)) return false;
    at = code[at.value];
  }
  return at?.op === 'cell-load' && at.cell === cell;
}

/** The calls that may run a function, as far as the call graph knows them. */
export function callsOf(linked: Linked, func: number): readonly Place[] {
  return allCalls(linked).get(func) ?? [];
}

const allCalls = memoized((linked: Linked): ReadonlyMap<number, readonly Place[]> => {
  const found = new Map<number, Place[]>();
  linked.program.instructions.each('call', (_, { id }, value) => {
    for (const target of linked.targets(id, value)) {
      const list = found.get(target.func);
      if (list) list.push({ func: id, value });
      else found.set(target.func, [{ func: id, value }]);
    }
  });
  return found;
});
