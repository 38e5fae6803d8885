import type { Linked } from '../../callgraph/linked.ts';
import type { Place } from '../../callgraph/query/made-by.ts';
import { memoized } from '../../ir/memoized.ts';

/** Returns the places that read a shared variable. */
export function cellLoads(linked: Linked, cell: number): readonly Place[] {
  return loadsByCell(linked).get(cell) ?? [];
}

const loadsByCell = memoized((linked: Linked) => {
  const all = new Map<number, Place[]>();
  for (const { id, module, func } of linked.program.functions) {
    const first = linked.program.firstCell[module] ?? 0;
    for (let value = 0; value < func.code.length; value++) {
      const inst = func.code[value];
      if (inst?.op !== 'cell-load') continue;
      const list = all.get(first + inst.cell);
      if (list) list.push({ func: id, value });
      else all.set(first + inst.cell, [{ func: id, value }]);
    }
  }
  return all;
});
