import type { Call, Func, ValueId } from './ir.ts';
import { memoized } from './memoized.ts';

/**
 * Maps each parameter whose default is made by a call to that call: for `name: str = Query(...)`, `name` ->
 * `Query(...)`. A conditional default may have several calls. In the IR, a phi joins a parameter with its default.
 */
export const defaultCalls: (func: Func) => ReadonlyMap<ValueId, readonly Call[]> = memoized(
  ({ code }: Func) => {
    const found = new Map<ValueId, readonly Call[]>();
    for (const inst of code) {
      if (inst.op !== 'phi') continue;
      const calls = inst.inputs.flatMap((input) => {
        const given = code[input];
        const made = given?.op === 'typed' ? code[given.value] : given;
        return made?.op === 'call' ? [made] : [];
      });
      // The first phi of a parameter is the one that joins its default.
      for (const input of calls.length > 0 ? inst.inputs : [])
        if (code[input]?.op === 'param' && !found.has(input)) found.set(input, calls);
    }
    return found;
  },
);

/** The name of a callee that is an import or a member. Undefined for other callees. */
export function calledBy({ code }: Func, { callee }: Call): string | undefined {
  const inst = code[callee];
  return inst?.op === 'import' || inst?.op === 'member' ? inst.name : undefined;
}
