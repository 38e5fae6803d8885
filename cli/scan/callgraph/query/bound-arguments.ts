import { maxPartialDepth } from '../../budgets/callgraph.ts';
import type { Call, Inst } from '../../ir/ir.ts';
import type { Linked } from '../linked.ts';
import { instAt, origin, type Place } from './called-on.ts';

/**
 * The keyword argument with one of the `names` that is bound in the callee of a call, if `functools.partial` made the
 * callee. With `run = partial(call, shell=True)`, the call `run(line)` has the bound argument `True` for the name
 * `shell`. The partial may be made in another function. Undefined if there is no such argument.
 */
export function boundArgument(
  linked: Linked,
  func: number,
  call: Call,
  names: readonly string[],
): Place | undefined {
  let place: Place = { func, value: call.callee };
  for (let depth = 0; depth < maxPartialDepth; depth++) {
    place = origin(linked, place);
    const made = instAt(linked, place);
    if (made?.op !== 'call' || !isPartial(linked, place.func, made)) return undefined;
    const value = made.args[made.names?.findIndex((name) => names.includes(name ?? '')) ?? -1];
    if (value !== undefined) return { func: place.func, value };
    place = { func: place.func, value: made.args[0] ?? -1 };
  }
  return undefined;
}

/** Whether a call calls `functools.partial`. */
export function isPartial(linked: Linked, func: number, { callee }: Call): boolean {
  const by = instAt(linked, { func, value: callee });
  if (by?.op === 'import') return by.specifier === 'functools' && by.name === 'partial';
  return by?.op === 'member' && by.name === 'partial' && isModule(instAt(linked, { func, value: by.object }));
}

function isModule(inst: Inst | undefined): boolean {
  return inst?.op === 'import' && inst.specifier === 'functools';
}
