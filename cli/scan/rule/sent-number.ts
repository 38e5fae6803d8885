import type { Call } from '../ir/ir.ts';
import type { Linked } from '../link/linked.ts';
import { isConvertedParam } from '../taint/route-params.ts';
import { instOf, type Place } from './made-by.ts';

/** Keywords by which a library keeps a number below a bound. */
const bounds: ReadonlySet<string> = new Set(['max_value', 'max', 'maximum', 'le', 'lt']);

/** A number that a library reads of a request, which it does no other harm than by its size: no taint tells of it. */
export function isSentNumber(linked: Linked, place: Place): boolean {
  const inst = instOf(linked, place);
  if (inst?.op === 'param') return isConvertedParam(linked, place.func, inst.index);
  if (inst?.op !== 'call' || inst.names?.some((name) => name !== null && bounds.has(name))) return false;
  return (
    linked.states(place.func, inst.callee).some(({ name }) => name === 'use.SentNumber') ||
    isConverted(linked, place.func, inst)
  );
}

/** `request.args.get('page', 1, type=int)` of Werkzeug. */
function isConverted(linked: Linked, func: number, call: Call): boolean {
  const callee = instOf(linked, { func, value: call.callee });
  if (callee?.op !== 'member' || callee.name !== 'get') return false;
  const type = instOf(linked, { func, value: call.args[call.names?.indexOf('type') ?? -1] ?? -1 });
  return (
    type?.op === 'global' &&
    (type.name === 'int' || type.name === 'float') &&
    linked.states(func, callee.object).some(({ sources }) => sources.some(({ kind }) => kind === 'remote'))
  );
}
