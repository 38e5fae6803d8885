import type { Call, Func, Inst, ValueId } from '../ir.ts';
import { memoized } from '../memoized.ts';

/** A test whether a key is an object's own. */
export interface OwnKeyTest {
  readonly object: ValueId;
  readonly key: ValueId;
}

/** `Object.hasOwn(object, key)`, `Object.prototype.hasOwnProperty.call(object, key)`, `object.hasOwnProperty(key)` */
export function ownKeyTest(code: readonly Inst[], { callee: by, args }: Call): OwnKeyTest | undefined {
  const callee = code[by];
  const [first, second] = args;
  if (callee?.op !== 'member' || first === undefined) return undefined;
  if (callee.name === 'hasOwnProperty') return { object: callee.object, key: first };
  if (second === undefined) return undefined;
  const owner = code[callee.object];
  const isAsked =
    callee.name === 'hasOwn'
      ? owner?.op === 'global' && owner.name === 'Object'
      : callee.name === 'call' && owner?.op === 'member' && owner.name === 'hasOwnProperty';
  return isAsked ? { object: first, key: second } : undefined;
}

/**
 * The parameters that a helper such as `has(object, key)` asks this of, as their indices. Empty for a function that also
 * mentions `__proto__`, which probably refuses it.
 */
export const testsOfParams: (func: Func) => readonly { readonly object: number; readonly key: number }[] =
  memoized(({ code }) => {
    if (code.some((inst) => inst.op === 'const' && inst.value === '__proto__')) return [];
    return code.flatMap((inst) => {
      const test = inst.op === 'call' ? ownKeyTest(code, inst) : undefined;
      const [object, key] = [code[test?.object ?? -1], code[test?.key ?? -1]];
      return object?.op === 'param' && key?.op === 'param' ? [{ object: object.index, key: key.index }] : [];
    });
  });
