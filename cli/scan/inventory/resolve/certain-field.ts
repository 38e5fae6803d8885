import type { Linked } from '../../callgraph/linked.ts';
import { classMates } from '../../callgraph/query/field-stores.ts';
import type { Place } from '../../callgraph/query/made-by.ts';
import { ownField } from '../../callgraph/query/own-field.ts';
import type { Inst } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';

/**
 * All values that the member `name` of `this` can have in the method `func`. Empty if other code may store to this member.
 */
export function certainField(linked: Linked, func: number, name: string): readonly Place[] {
  if (storedElsewhere(linked).has(name) || fillsItself(linked, func)) return [];
  return ownField(linked, func, name) ?? [];
}

/** Names of members that are stored to objects other than `this`, which may be instances. */
const storedElsewhere = memoized((linked: Linked): ReadonlySet<string> => {
  const found = new Set<string>();
  linked.program.instructions.each('store', (inst, { func }) => {
    if (!isThis(func.code, inst.object) && !isOnlyRead(func.code, inst.value, inst.name))
      found.add(inst.name);
  });
  // `setattr(store, "table", name)`
  linked.program.instructions.each('call', ({ callee, args }, { func: { code } }) => {
    const called = code[callee];
    const name = code[args[1] ?? -1];
    if (called?.op === 'global' && called.name === 'setattr' && name?.op === 'const')
      found.add(String(name.value));
  });
  return found;
});

/** Whether a method call leaves the member as it was. */
function isOnlyRead(code: readonly Inst[], value: number, name: string): boolean {
  let inst = code[value];
  if (inst?.op !== 'effect') return false;
  for (let hop = 0; hop < maxHops && inst?.op === 'effect'; hop++) inst = code[inst.value];
  return inst?.op === 'member' && inst.name === name;
}

const maxHops = 40;

/** `this`, also after stores to it or calls on it. */
function isThis(code: readonly Inst[], value: number): boolean {
  let inst = code[value];
  for (let hop = 0; hop < maxHops && inst; hop++) {
    if (inst.op === 'this') return true;
    if (inst.op === 'store' || inst.op === 'store-index') inst = code[inst.object];
    else if (inst.op === 'effect' || inst.op === 'typed') inst = code[inst.value];
    else return false;
  }
  return false;
}

const filling = /^(assign|setattr|defineProperty|defineProperties|merge|extend|update|set|__setattr__)$/;

/** `Object.assign(this, options)`, `setattr(self, name, value)`, `self.__dict__.update(...)`, `this[name] = value`. */
function fillsItself(linked: Linked, func: number): boolean {
  return classMates(linked, func).some((id) => {
    const code = linked.program.functions[id]?.func.code ?? [];
    return code.some((inst) => {
      if (inst.op === 'member' && inst.name === '__dict__') return true;
      if (inst.op === 'store-index') return isThis(code, inst.object);
      if (inst.op !== 'call' || !inst.args.some((arg) => isThis(code, arg))) return false;
      const callee = code[inst.callee];
      return (
        (callee?.op === 'member' || callee?.op === 'global' || callee?.op === 'import') &&
        filling.test(callee.name)
      );
    });
  });
}
