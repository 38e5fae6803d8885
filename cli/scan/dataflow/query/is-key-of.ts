import type { ValueId } from '../../ir/ir.ts';
import type { FunctionView } from '../view/function-view.ts';
import { possibleValues } from './trace-value.ts';

/**
 * Whether a key was read from this object itself, by `for (const key in object)` or from `Object.keys(object)`. Such a key
 * is an own property of the object, whatever its name: `object[key]` is never a prototype.
 */
export function isKeyOf(frame: FunctionView, key: ValueId, object: ValueId): boolean {
  const keys = possibleValues(frame, key);
  return (
    keys.length > 0 &&
    keys.every((one) => {
      const inst = frame.inst(one);
      if (inst.op === 'key') return isSameObject(frame, inst.value, object);
      const list = inst.op === 'element' ? inst.value : inst.op === 'index' ? inst.object : undefined;
      const from = list === undefined ? [] : listedObjects(frame, list);
      return from.length > 0 && from.every((one) => isSameObject(frame, one, object));
    })
  );
}

/** The objects whose keys a list holds: `Object.keys(object)` -> `object`. */
function listedObjects(frame: FunctionView, list: ValueId): readonly ValueId[] {
  return possibleValues(frame, list).flatMap((one) => {
    const call = frame.inst(one);
    const callee = call.op === 'call' ? frame.inst(call.callee) : undefined;
    if (call.op !== 'call' || callee?.op !== 'member' || !ownNames.has(callee.name)) return [];
    const owner = frame.inst(callee.object);
    const [object] = call.args;
    return owner.op === 'global' && /^(?:Object|Reflect)$/.test(owner.name) && object !== undefined
      ? [object]
      : [];
  });
}

const ownNames: ReadonlySet<string> = new Set(['keys', 'getOwnPropertyNames', 'ownKeys']);

/** Whether `b` is certainly the object `a`, also after stores into it. */
function isSameObject(frame: FunctionView, a: ValueId, b: ValueId): boolean {
  const some = new Set(possibleValues(frame, a).map((one) => identity(frame, one)));
  return possibleValues(frame, b).every((one) => some.has(identity(frame, one)));
}

/** The same text for two reads of one variable, and for values with one value number. */
function identity(frame: FunctionView, value: ValueId): string {
  const inst = frame.inst(value);
  return inst.op === 'cell-load' ? `cell ${inst.cell}` : `${frame.valueNumbers[value] ?? value}`;
}
