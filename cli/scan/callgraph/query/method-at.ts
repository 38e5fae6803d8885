import type { Linked } from '../linked.ts';
import { instAt, origin, type Place } from './called-on.ts';

/**
 * The receiver, method name and arguments of the call that made a value: `object.method(...args)`. There is no receiver if
 * the callee is an imported function. If no call of a method or import made the value, only an empty list of arguments is
 * returned.
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
