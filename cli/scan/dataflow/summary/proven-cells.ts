import { maxProvenCells, maxProvenStores } from '../../budgets/dataflow.ts';
import type { Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { isUntainted } from '../domain/abstract.ts';
import { conjunctions } from '../domain/conjunctions.ts';
import { provenKinds } from '../domain/facts.ts';
import { allKinds, type Kinds, noKinds } from '../domain/kinds.ts';
import type { ProvenCells } from '../view/call-site.ts';
import type { FunctionView } from '../view/function-view.ts';

/**
 * What is proven about captured variables at the current instruction, which creates a closure. For each variable, the
 * result has the kinds of sinks in which all values that this function stores in the variable are harmless.
 */
export function provenCells(frame: FunctionView): ProvenCells {
  const { facts, values } = frame;
  const { cells } = frame.scope;
  if (!facts || cells.size === 0) return nothingProven;
  const proven = new Map<number, Kinds>();
  let left = maxProvenCells;
  for (const [cell, stored] of storesOf(frame.func)) {
    const it = cells.get(frame.cellNumber(cell));
    if (!it || isUntainted(it)) continue;
    if (left-- <= 0) break;
    if (stored.length > maxProvenStores || frame.engine.cells.isAssignedElsewhere(frame.cellNumber(cell)))
      continue;
    let clean = allKinds;
    for (const value of stored) {
      const one = values[value];
      if (one && isUntainted(one)) continue;
      // What is stored further down may be the same once more, as after a call that it was passed to.
      clean = clean.intersect(provenKinds(facts, frame.valueNumbers[value] as number, conjunctions));
    }
    if (clean !== noKinds) proven.set(frame.cellNumber(cell), clean);
  }
  return proven;
}

const nothingProven: ProvenCells = new Map();

/** The values that a function stores in each shared variable. */
const storesOf: (func: Func) => ReadonlyMap<number, readonly ValueId[]> = memoized((func) => {
  const stores = new Map<number, ValueId[]>();
  for (const inst of func.code) {
    if (inst.op !== 'cell-store') continue;
    const values = stores.get(inst.cell);
    if (values) values.push(inst.value);
    else stores.set(inst.cell, [inst.value]);
  }
  return stores;
});
