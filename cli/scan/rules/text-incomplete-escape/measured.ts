import type { ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { after } from './chain.ts';

/** Whether a text is used only to take its length, to count something in it, or to split it, as for a search index. */
export function isMeasured(use: Use, value: ValueId): boolean {
  const users = usersOf(use.frame.func);
  const last = after(use, value).at(-1)?.value ?? value;
  const all = (users.of[last] ?? []).filter((user) => use.frame.inst(user).op !== 'effect');
  return (
    all.length > 0 &&
    !users.returned.has(last) &&
    all.every((user) => {
      const inst = use.frame.inst(user);
      if (inst.op === 'member') return inst.name === 'length' || inst.name === 'split';
      return inst.op === 'call' && /^(len|split|tokenize|count)$/.test(calleeName(use, inst));
    })
  );
}
