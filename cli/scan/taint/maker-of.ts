import type { ValueId } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { returnsReached } from '../link/reached-blocks.ts';
import { instAt, origin, type Place } from './called-on.ts';

/**
 * The call that made a value. Of what a function of the project gave it is the call there, where that returns one thing,
 * or one for the constants that it is given: `make_parser('plain')`.
 */
export function makerOf(linked: Linked, place: Place): Place {
  const made = origin(linked, place);
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
