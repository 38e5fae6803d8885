import type { ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { after } from './chain.ts';

/** Whether the code only takes the length of a text, counts something in it, or splits it, such as for a search index. */
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
