import type { Linked } from '../linked.ts';
import { instAt, origin, type Place } from './called-on.ts';

/**
 * The receiver, name and arguments of the call that made a value: `object.method(...args)`. An imported function has no receiver.
 * If no such call made the value, there is no name and no argument either.
 */
export function methodAt(
  linked: Linked,
  from: Place,
): { readonly object?: Place; readonly method?: string; readonly args: readonly Place[] } {
  const place = origin(linked, from);
  const call = instAt(linked, place);
  const callee = call?.op === 'call' ? instAt(linked, { func: place.func, value: call.callee }) : undefined;
  if (call?.op !== 'call' || (callee?.op !== 'member' && callee?.op !== 'import')) return { args: [] };
  const args = call.args.map((value) => ({ func: place.func, value }));
  return callee.op === 'member'
    ? { object: { func: place.func, value: callee.object }, method: callee.name, args }
    : { method: callee.name, args };
}
