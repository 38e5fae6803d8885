import type { ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import type { Use } from '../kit/use.ts';

/** Claims that decide about access, or that choose a key. */
const deciding =
  /^(sub|cnf|jwk|jku|x5[cu]|kid|payload|claims|data)$|user|uid|mail|name|role|admin|scope|perm|priv|group|account|tenant|org|owner|member|team|level|plan|customer|id$/i;
const maxSteps = 40;

/**
 * Whether the code reads only claims of a token that neither identify the user nor grant rights, such as its expiry. A
 * client does that to see whether its own token must be renewed.
 */
export function tellsNoIdentity({ frame, value }: Use): boolean {
  const { func } = frame;
  const users = usersOf(func);
  const seen = new Set<ValueId>([value]);
  let isRead = false;
  for (const at of seen) {
    if (seen.size > maxSteps || users.returned.has(at)) return false;
    for (const user of users.of[at] ?? []) {
      const inst = frame.inst(user);
      if (inst.op === 'member') {
        if (deciding.test(inst.name)) return false;
        isRead = true;
      } else if (inst.op === 'phi' || inst.op === 'typed' || inst.op === 'await') seen.add(user);
      else if (inst.op === 'effect' && inst.value !== at) continue;
      else if (inst.op !== 'unary' && inst.op !== 'binary') return false;
    }
  }
  return isRead;
}
