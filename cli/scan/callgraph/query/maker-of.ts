import { maxCallsInLoop, maxLoopDepth, maxLoopEdges } from '../../budgets/callgraph.ts';
import type { ValueId } from '../../ir/ir.ts';
import type { Linked } from '../linked.ts';
import { returnsReached } from '../reached-blocks.ts';
import { instAt, origin, type Place } from './called-on.ts';

/**
 * Where a value was made, like `origin`. If that is a call, goes on to where the called function made the value that it
 * returns. The function must be the call's only target, and return one value only, at least for the constant arguments
 * of this call, such as `make_parser('plain')`.
 */
export function makerOf(linked: Linked, place: Place): Place {
  const made = beforeLoop(linked, origin(linked, place));
  const call = instAt(linked, made);
  if (call?.op !== 'call') return made;
  const [target, more] = linked.targets(made.func, made.value);
  const caller = linked.program.functions[made.func]?.func;
  const func = target && linked.program.functions[target.func]?.func;
  if (!target || more || !caller || !func) return made;
  const ends = func.blocks.flatMap(({ end }): ValueId[] => (end.kind === 'return' ? [end.value] : []));
  const only = onlyOf(returnsReached(caller, call, func, target.shift) ?? ends);
  return only === undefined ? made : origin(linked, { func: target.func, value: only });
}

function onlyOf([first, more]: readonly ValueId[]): ValueId | undefined {
  return more === undefined ? first : undefined;
}

/** The value before a loop that mutates an object but never replaces it: `for row in rows: answer.write(row)`. */
function beforeLoop(linked: Linked, place: Place): Place {
  let at = place;
  for (let depth = 0; depth < maxLoopDepth; depth++) {
    const inst = instAt(linked, at);
    if (inst?.op !== 'phi') return at;
    const others = new Set<ValueId>();
    for (const input of inst.inputs.slice(0, maxLoopEdges)) {
      const value = unchanged(linked, at.func, input);
      if (value !== at.value) others.add(value);
    }
    const [only] = others;
    if (only === undefined || others.size > 1 || inst.inputs.length > maxLoopEdges) return at;
    at = origin(linked, { func: at.func, value: only });
  }
  return at;
}

function unchanged(linked: Linked, func: number, from: ValueId): ValueId {
  let value = from;
  for (let hop = 0; hop < maxCallsInLoop; hop++) {
    const inst = instAt(linked, { func, value });
    if (inst?.op !== 'effect' && inst?.op !== 'typed' && inst?.op !== 'cell-store') break;
    value = inst.value;
  }
  return value;
}
