import type { ValueId } from '../../ir/ir.ts';
import { usersOf } from '../../ir/query/users.ts';
import { calleeName, type Use } from '../kit/use.ts';
import { branchesOf, isLabelling, isRewriting, isSkipping } from './branches.ts';

/**
 * What the code does with the result of a check. `test`: decides what happens next, or returns or stores the result.
 * `label`: only chooses between constant texts, such as `return 'youtube'`. `rewriting`: changes the URLs of one host.
 * `skipping`: leaves a URL out, as `return;` does. `data`: reads parts of the match. `nothing`: none of these.
 */
export type Purpose = 'test' | 'label' | 'rewriting' | 'skipping' | 'data' | 'nothing';

const maxSteps = 40;

export function purposeOf(use: Use, from: ValueId): Purpose {
  const { func } = use.frame;
  const users = usersOf(func);
  const seen = new Set<ValueId>([from]);
  let isReturned = false;
  for (const at of seen) {
    if (seen.size > maxSteps) break;
    if (users.returned.has(at)) isReturned = true;
    for (const user of users.of[at] ?? []) {
      const inst = func.code[user];
      if (inst?.op === 'index' || inst?.op === 'element' || inst?.op === 'slice') return 'data';
      if (inst?.op === 'member') {
        if (/^(group|groups|groupdict|length|index|start|end|span)$/.test(inst.name)) return 'data';
        continue;
      }
      if (inst?.op === 'effect' && inst.call !== at) seen.add(user);
      else if (inst?.op === 'unary' || inst?.op === 'phi' || inst?.op === 'typed') seen.add(user);
      else if (inst?.op === 'list') addQuantified(use, user, seen);
      else if (inst?.op === 'cell-store') return 'test';
      else if (inst?.op === 'binary' && isComparison(inst.operator)) seen.add(user);
      else if (inst?.op === 'call' && /^(Boolean|bool|any|all|expect)$/.test(calleeName(use, inst)))
        seen.add(user);
      else if (inst?.op === 'yield') isReturned = true;
    }
  }
  if (isReturned) return 'test';
  const ofTest = branchesOf(func);
  const branches = [...seen].flatMap((test) => ofTest.get(test) ?? []).slice(0, maxSteps);
  if (branches.length === 0) return 'nothing';
  if (branches.every((branch) => isLabelling(use, branch))) return 'label';
  if (branches.every((branch) => isRewriting(func, branch))) return 'rewriting';
  return branches.every((branch) => isSkipping(func, branch)) ? 'skipping' : 'test';
}

/** `any(host.endswith(one) for one in HOSTS)` */
function addQuantified(use: Use, list: ValueId, seen: Set<ValueId>): void {
  for (const user of usersOf(use.frame.func).of[list] ?? []) {
    const inst = use.frame.inst(user);
    if (inst.op === 'call' && /^(any|all)$/.test(calleeName(use, inst))) seen.add(user);
  }
}

function isComparison(operator: string): boolean {
  return /^(==|!=|<=?|>=?|&|\|)$/.test(operator);
}
