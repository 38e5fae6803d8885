import type { FunctionView } from '../dataflow/view/function-view.ts';
import type { Call, Inst, ValueId } from '../ir/ir.ts';

/**
 * Whether a store writes back an entry that was read under the same key and then changed. The lowered code of
 * `entries[key].seen = true` does this: it reads `entries[key]`, sets `seen`, and stores the entry again.
 */
export function isEntryChanged(frame: FunctionView, { key, value }: Inst & { op: 'store-index' }): boolean {
  const same = frame.valueNumbers[key];
  const open = [value];
  const seen = new Set<ValueId>();
  for (let at = open.pop(); at !== undefined && seen.size < maxChanges; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const inst = frame.inst(at);
    const read =
      inst.op === 'index' ? inst.key : inst.op === 'call' && isGet(frame, inst) ? inst.args[0] : undefined;
    // `record[key] = record[key]` changes nothing, so the stored value must differ from the one that was read.
    if (at !== value && read !== undefined && frame.valueNumbers[read] === same) return true;
    if (inst.op === 'store' || inst.op === 'store-index') open.push(inst.object);
    else if (inst.op === 'effect' || inst.op === 'typed') open.push(inst.value);
    else if (inst.op === 'phi' && at !== value) open.push(...inst.inputs.slice(0, maxChanges));
  }
  return false;
}

const maxChanges = 24;

function isGet(frame: FunctionView, { callee }: Call): boolean {
  const inst = frame.inst(callee);
  return inst.op === 'member' && (inst.name === 'get' || inst.name === 'setdefault');
}
