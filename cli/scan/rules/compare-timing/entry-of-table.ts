import type { Linked } from '../../callgraph/linked.ts';
import { instOf, type Place } from '../../callgraph/query/made-by.ts';
import type { Inst, ValueId } from '../../ir/ir.ts';
import { objectName } from '../kit/sensitive/sensitive-context.ts';
import { sensitiveName } from '../kit/sensitive/sensitive-name.ts';

/**
 * A table in the code or the settings: `SUDOERS`, `app.config["USERS"]`. Django uses some such names for parts of the request.
 */
const constant = /^(?!(?:META|GET|POST|PUT|COOKIES|FILES|REQUEST)$)[A-Z][A-Z\d_]+$/;

/** Whether a value is a user's entry in a table: `SUDOERS.get(username)`, `USERS[username]`, `USERS[username]["password"]`. */
export function isEntryOfTable(linked: Linked, { func, value }: Place): boolean {
  const inst = instOf(linked, { func, value });
  if (isLookUp(linked, func, inst)) return true;
  const name =
    inst?.op === 'member' ? inst.name : inst?.op === 'index' ? textAt(linked, func, inst.key) : undefined;
  const object = inst?.op === 'member' || inst?.op === 'index' ? inst.object : undefined;
  return (
    name !== undefined &&
    object !== undefined &&
    sensitiveName(name)?.kind === 'password' &&
    isLookUp(linked, func, instOf(linked, { func, value: object }))
  );
}

function isLookUp(linked: Linked, func: number, inst: Inst | undefined): boolean {
  if (inst?.op === 'index')
    return (
      textAt(linked, func, inst.key) === undefined && constant.test(objectName(linked, func, inst.object))
    );
  const callee = inst?.op === 'call' ? instOf(linked, { func, value: inst.callee }) : undefined;
  const [key] = inst?.op === 'call' ? inst.args : [];
  return (
    callee?.op === 'member' &&
    callee.name === 'get' &&
    key !== undefined &&
    textAt(linked, func, key) === undefined &&
    constant.test(objectName(linked, func, callee.object))
  );
}

function textAt(linked: Linked, func: number, value: ValueId): string | undefined {
  const inst = instOf(linked, { func, value });
  return inst?.op === 'const' && typeof inst.value === 'string' ? inst.value : undefined;
}
