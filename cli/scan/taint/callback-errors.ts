import { answeredCallbacks, errorCallbacks, listCallbacks } from '../model/data/answered-errors.ts';
import type { Frame } from './frame.ts';
import { callsWith, eventOf } from './listened-event.ts';
import { isPython } from './looked-up-keys.ts';
import { writtenName } from './written-name.ts';

/**
 * Whether a parameter is the error that a library hands to a function which is written right there: the first one of a callback of
 * Node's kind, or what a listener for `error` is given.
 */
export function isCallbackError(frame: Frame, index: number, isModelled: boolean): boolean {
  const { func, linked, info } = frame;
  if (index !== 0 || isPython(frame)) return false;
  const calls = callsWith(frame);
  if (!calls) return false;
  const { around, of } = calls;
  const outer = (linked.program.firstFunc[info.module] ?? 0) + func.outer;
  const isNamed = errorCallbacks.test(func.params[0]?.name ?? '');
  return of.every((call) => {
    const inst = around.code[call];
    if (inst?.op !== 'call' || linked.targets(outer, call).length > 0) return false;
    const name = writtenName({ func: around, linked, info }, inst.callee);
    if (/^(?:on|once|addListener)$/.test(name)) return eventOf(around, call) === 'error';
    // `Model.find({}, (error, rows) => ...)` is asked for something first.
    if (listCallbacks.has(name) && around.code[inst.args[0] ?? -1]?.op === 'func') return false;
    // Promises are followed themselves, and an error handler of a framework is a matter of its model.
    return isNamed && !isModelled && func.params.length < 4 && !answeredCallbacks.test(name);
  });
}
