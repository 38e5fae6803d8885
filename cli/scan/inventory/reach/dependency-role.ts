import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import { nameRead } from '../../ir/annotated.ts';
import { type AskedRole, roleAt, strictest } from './expression-role.ts';

const injectors = /^(?:Depends|Security|FromDishka|Provide)$/;

/**
 * The role that `dependencies=[Depends(check_admin)]` requires of a user, in a FastAPI call that makes a router or a
 * route's decorator. Undefined for other calls.
 */
export function dependencyRole(linked: Linked, place: Place): AskedRole | undefined {
  const inst = instOf(linked, place);
  const list = inst?.op === 'call' ? (inst.args[inst.names?.indexOf('dependencies') ?? -1] ?? -1) : -1;
  return list < 0 ? undefined : roleAt(linked, { func: place.func, value: list });
}

/**
 * The role that a function's injected parameters require of a user, such as `user: User = Depends(current_user)`. Undefined
 * if they require none.
 */
export function parameterRole(linked: Linked, func: number): AskedRole | undefined {
  const code = linked.program.functions[func]?.func.code ?? [];
  return strictest(
    code.map((inst) =>
      inst.op === 'call' && injectors.test(nameRead(code[inst.callee]) ?? '') && inst.args[0] !== undefined
        ? roleAt(linked, { func, value: inst.args[0] })
        : undefined,
    ),
  );
}
